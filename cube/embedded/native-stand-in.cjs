const { formatResult, formatResults } = require('./result-format.cjs');

/**
 * Gives `@cubejs-backend/native` in JavaScript what the REST API, the model and the rollups need of its binary,
 * where that was not installed. Answers whether it had to.
 *
 * The binary comes from outside the package registry at installation. Without it there is no SQL API, no Python
 * and no Jinja in the model; the planner in JavaScript is chosen by CUBEJS_TESSERACT_SQL_PLANNER=false.
 */
function installNativeStandIn(native) {
  if (hasBinary(native)) return false;
  native.setupLogger = () => undefined;
  native.resetLogger = () => undefined;
  native.isFallbackBuild = () => true;
  native.redactSqlLiterals = (sql) => sql.replace(/'(?:[^']|'')*'/g, "'redacted'");
  native.NativeInstance.prototype.newJinjaEngine = () => ({});
  native.ResultWrapper.prototype.getRawData = function getRawData() {
    return [this.getArray()];
  };
  native.getFinalQueryResult = async (transformData, rows, result) =>
    toJson(formatResult(transformData, rows, result));
  native.getFinalQueryResultMulti = async (transformDataList, rowsList, response) =>
    toJson(formatResults(transformDataList, rowsList, response));
  return true;
}

function hasBinary(native) {
  try {
    native.loadNative();
    return true;
  } catch {
    return false;
  }
}

function toJson(value) {
  return Buffer.from(JSON.stringify(value));
}

module.exports = { installNativeStandIn };
