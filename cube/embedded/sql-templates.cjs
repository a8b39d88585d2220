/**
 * SQL of queries that differ in nothing but the values of their filters, made once.
 *
 * The planner in JavaScript takes milliseconds for a query, the same for each value that people filter by. A query
 * is therefore planned with marks in place of such values, and the marks among the parameters of its SQL are then
 * replaced. Where a mark turns up anywhere else, the query is planned as it is.
 */
const MARK = '\u0001catchment:';
const MOST_TEMPLATES = 1_000;

/** Conditions whose values reach the SQL as parameters and no other way. */
const markable = new Set(['equals', 'notEquals', 'contains', 'notContains']);

/** Lets every compiler API of Cube remember its SQL by the shape of queries. */
function rememberSql(CompilerApi) {
  const plan = CompilerApi.prototype.getSql;
  const templatesOf = new WeakMap();

  CompilerApi.prototype.getSql = async function getSql(query, options) {
    const { marked, values } = mark(query);
    if (values.length === 0) return plan.call(this, query, options);
    const compilers = await this.getCompilers({ requestId: query.requestId });
    const templates = templatesFor(templatesOf, compilers);
    const shape = shapeOf(marked, options);
    let template = templates.get(shape);
    if (template === undefined) {
      template = await plan.call(this, marked, options).then(usable, () => null);
      if (templates.size >= MOST_TEMPLATES) templates.delete(templates.keys().next().value);
      templates.set(shape, template);
    }
    return template === null ? plan.call(this, query, options) : fill(template, values);
  };
}

function templatesFor(templatesOf, compilers) {
  if (!templatesOf.has(compilers)) templatesOf.set(compilers, new Map());
  return templatesOf.get(compilers);
}

/** The query with marks for values of its filters, and these values in the order of the marks. */
function mark(query) {
  const values = [];
  const markFilter = (filter) => {
    if (filter.and) return { ...filter, and: filter.and.map(markFilter) };
    if (filter.or) return { ...filter, or: filter.or.map(markFilter) };
    const isMarkable =
      markable.has(filter.operator) && filter.values?.every((value) => typeof value === 'string');
    if (!isMarkable) return filter;
    return { ...filter, values: filter.values.map((value) => MARK + (values.push(value) - 1)) };
  };
  return { marked: { ...query, filters: (query.filters ?? []).map(markFilter) }, values };
}

/** What SQL depends on: the query with its marks and who asks, without what differs from request to request. */
function shapeOf(query, options) {
  const who = { ...query.contextSymbols?.securityContext, iat: undefined, exp: undefined };
  return JSON.stringify([
    { ...query, requestId: undefined, contextSymbols: undefined },
    who,
    options,
  ]);
}

/** The planned query, where marks are nothing but parameters of its SQL; otherwise null. */
function usable(planned) {
  const marks = planned.sql?.[1].filter(isMark).length ?? 0;
  const everywhere = JSON.stringify(planned).split(JSON.stringify(MARK).slice(1, -1)).length - 1;
  return marks === everywhere ? planned : null;
}

function isMark(parameter) {
  return typeof parameter === 'string' && parameter.startsWith(MARK);
}

function fill(template, values) {
  const [text, parameters, ...more] = template.sql;
  const filled = parameters.map((parameter) =>
    isMark(parameter) ? values[Number(parameter.slice(MARK.length))] : parameter,
  );
  return { ...template, sql: [text, filled, ...more] };
}

module.exports = { rememberSql };
