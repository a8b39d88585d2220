/** An error that Cube answers with status 400 and this message. */
class UserError extends Error {
  constructor(message) {
    super(message);
    this.type = 'UserError';
  }
}

module.exports = { UserError };
