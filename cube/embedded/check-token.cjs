const { createSecretKey } = require('node:crypto');
const { CubejsHandlerError } = require('@cubejs-backend/api-gateway/dist/src/cubejs-handler-error');
const jwt = require('jsonwebtoken');

/**
 * Checks tokens with a key that is made once: given the secret as text, the library first tries to read a public
 * key from it, for each token.
 *
 * The function answered sets the security context of a request, and refuses it with status 403 where the token is
 * missing, not valid or too old.
 */
function tokenCheck(secret) {
  const key = createSecretKey(Buffer.from(secret));
  return (request, token) => {
    if (!token) throw new CubejsHandlerError(403, 'Forbidden', "Authorization header isn't set");
    try {
      request.securityContext = jwt.verify(token, key, { algorithms: ['HS256'] });
    } catch (error) {
      throw new CubejsHandlerError(403, 'Forbidden', 'Invalid token', error);
    }
  };
}

module.exports = { tokenCheck };
