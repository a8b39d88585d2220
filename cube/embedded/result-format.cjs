/**
 * The last step of a Cube answer in JavaScript: rows of the database become the JSON that clients read.
 *
 * Follows what the native module does for each of the three response formats (`default`: objects, `compact`:
 * rows as arrays, `columnar`: columns), for comparisons of date ranges and for blended queries.
 */

const granularityOrder = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];
const timeText =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d+))?\s*(?:Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/;

/** `data` of one result: the rows in the format that was asked for, under the names of the query's members. */
function formatRows(transformData, rows) {
  const { query, annotation, resType = 'default' } = transformData;
  if (rows.length === 0) assertVisibleMembers(query, annotation);
  const columns = rows.length === 0 ? [] : columnsOf(transformData, rows[0]);
  if (resType === 'columnar') {
    return {
      members: columns.map((column) => column.member),
      columns: columns.map((column) => rows.map(column.read)),
    };
  }
  if (resType === 'compact') {
    return {
      members: columns.map((column) => column.member),
      dataset: rows.map((row) => columns.map((column) => column.read(row))),
    };
  }
  return rows.map((row) => {
    const values = {};
    for (const column of columns) values[column.member] = column.read(row);
    return values;
  });
}

/** The whole answer to one query. */
function formatResult(transformData, rows, result) {
  return { ...result, data: formatRows(transformData, rows) };
}

/** The whole answer to several queries that were asked together. */
function formatResults(transformDataList, rowsList, response) {
  const results = response.results.map((result, index) =>
    formatResult(transformDataList[index], rowsList[index], result),
  );
  const queries = transformDataList.map((item) => item.query);
  return { ...response, results, pivotQuery: pivotQueryOf(response.queryType, queries) };
}

function columnsOf(transformData, firstRow) {
  const { aliasToMemberNameMap, annotation, query, queryType } = transformData;
  const columns = Object.keys(firstRow).map((alias) => {
    const member = aliasToMemberNameMap[alias];
    if (member === undefined) throw new Error(`Member name not found for alias: '${alias}'`);
    assertVisible(member, annotation);
    return { member, read: readerOf(alias, annotation[member].type) };
  });
  columns.push(...withoutGranularity(columns, query));
  if (queryType === 'compareDateRangeQuery') {
    const range = dateRangeOf(query);
    columns.push({ member: 'compareDateRange', read: () => range });
  }
  if (queryType === 'blendingQuery') columns.push(blendingColumn(columns, query));
  return columns;
}

/** Reads a column of rows; a time that comes again is written as it was before. */
function readerOf(alias, type) {
  if (type !== 'time') return (row) => row[alias] ?? null;
  const texts = new Map();
  return (row) => {
    const value = row[alias] ?? null;
    if (!texts.has(value)) texts.set(value, toTimeText(value));
    return texts.get(value);
  };
}

/** Times as YYYY-MM-DDTHH:mm:ss.SSS; what does not look like a time stays as it is. */
function toTimeText(value) {
  const text = value instanceof Date ? value.toISOString() : value;
  const match = typeof text === 'string' ? timeText.exec(text) : null;
  if (match === null) return text;
  const milliseconds = (match[3] ?? '').slice(0, 3).padEnd(3, '0');
  return `${match[1]}T${match[2]}.${milliseconds}`;
}

/**
 * Clients also read a time dimension under its bare name: the finest granularity of it that was asked for, where
 * the dimension itself was not.
 */
function withoutGranularity(columns, query) {
  const finest = new Map();
  for (const column of columns) {
    const [view, name, granularity] = column.member.split('.');
    const member = `${view}.${name}`;
    if (granularity === undefined || (query.dimensions ?? []).includes(member)) continue;
    const known = granularityOrder.indexOf(granularity);
    const level = known === -1 ? granularityOrder.length : known;
    const best = finest.get(member);
    if (best === undefined || level <= best.level) finest.set(member, { level, read: column.read });
  }
  return [...finest].map(([member, { read }]) => ({ member, read }));
}

function dateRangeOf(query) {
  const range = query.timeDimensions?.[0]?.dateRange;
  if (!Array.isArray(range) || range.length !== 2) {
    throw new Error('A comparison of date ranges needs a time dimension with a date range.');
  }
  return range.join(' - ');
}

function blendingColumn(columns, query) {
  const time = query.timeDimensions?.[0];
  if (!time?.granularity) {
    throw new Error('A blended query needs a time dimension with a granularity.');
  }
  const source = columns.find(
    (column) => column.member === `${time.dimension}.${time.granularity}`,
  );
  return { member: `time.${time.granularity}`, read: source?.read ?? (() => null) };
}

/** The query that a table over all results is laid out by. */
function pivotQueryOf(queryType, queries) {
  const [first = {}] = queries;
  if (queryType === 'compareDateRangeQuery') {
    return { ...first, dimensions: ['compareDateRange', ...(first.dimensions ?? [])], queryType };
  }
  if (queryType !== 'blendingQuery') return { ...first, queryType };
  const unique = (key) => [...new Set(queries.flatMap((query) => query[key] ?? []))];
  const granularity = queries.map((query) => query.timeDimensions?.[0]?.granularity).find(Boolean);
  return {
    measures: unique('measures'),
    dimensions: unique('dimensions'),
    timeDimensions: [{ dimension: 'time', granularity }],
    queryType,
  };
}

function assertVisibleMembers(query, annotation) {
  const withGranularity = (query.timeDimensions ?? []).filter((time) => time.granularity);
  const members = [
    ...(query.measures ?? []),
    ...(query.dimensions ?? []),
    ...withGranularity.map((time) => time.dimension),
  ];
  for (const member of members) assertVisible(member, annotation);
}

function assertVisible(member, annotation) {
  if (annotation[member]) return;
  throw new Error(`You requested hidden member: '${member}'.`);
}

module.exports = { formatResult, formatResults, formatRows };
