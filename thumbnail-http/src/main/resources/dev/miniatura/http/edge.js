// A CloudFront Function (runtime cloudfront-js-2.0) for viewer requests. It checks signatures with the keys of a
// KeyValueStore, key's id to secret, and turns the path into the key that the thumbnail has in the bucket. The
// path as it was goes along in the header miniatura-path, for the function that is asked where the bucket has nothing.
import cf from 'cloudfront';
import crypto from 'crypto';

const CONFIG = {};
const SIGNATURE = 32;

async function handler(event) {
  const request = event.request;
  const path = request.uri;
  if (request.method !== 'GET' && request.method !== 'HEAD' && request.method !== 'OPTIONS') {
    return refused(405, 'method_not_allowed', 'images are requested with GET or HEAD');
  }
  request.querystring = {};
  request.headers['miniatura-path'] = { value: path };
  if (path.startsWith('/t/')) {
    return named(request, path.slice(3));
  }
  if (path.startsWith('/s/')) {
    return signed(request, path.slice(3));
  }
  return refused(404, 'no_such_path', 'paths are /t/NAME/KEY and /s/SIGNATURE/SPEC/KEY');
}

function named(request, path) {
  const slash = path.indexOf('/');
  const name = path.slice(0, slash);
  if (slash < 0 || !Object.prototype.hasOwnProperty.call(CONFIG.specs, name)) {
    return refused(404, 'unknown_spec', 'there is no spec of this name');
  }
  const spec = CONFIG.specs[name];
  const key = decoded(path.slice(slash + 1));
  const format = best(request, spec.formats);
  if (key === null) {
    return request;
  }
  if (format !== null) {
    request.uri = onDemand(key, spec.formats[format]);
  } else if (CONFIG.named !== null) {
    const thumbnail = key + '.' + name + '.' + (spec.extension || likely(key));
    if (thumbnail.split('/').every(part => Buffer.from(part).length <= 255)) {
      request.uri = '/' + encoded(CONFIG.named + thumbnail);
    }
  }
  return request;
}

async function signed(request, path) {
  const dot = path.indexOf('.');
  const kid = path.slice(0, dot);
  const signature = path.slice(dot + 1, dot + 1 + SIGNATURE);
  const rest = path.slice(dot + 1 + SIGNATURE);
  if (dot < 1 || !(await isRight(kid, signature, rest))) {
    return refused(403, 'bad_signature', 'the signature is not that of this path');
  }
  const first = rest.indexOf('/');
  const second = rest.indexOf('/', first + 1);
  if (first < 0 || second < 0) {
    return request;
  }
  if (first > 0 && Number(rest.slice(1, first)) * 1000 <= Date.now()) {
    return refused(403, 'expired', 'the URL has expired');
  }
  const key = decoded(rest.slice(second + 1));
  if (key !== null) {
    const spec = rest.slice(first + 1, second).replace(',matte:', ',matte:#');
    request.uri = onDemand(key, hash(resolved(request, spec)).slice(0, 16));
  }
  return request;
}

async function isRight(kid, signature, rest) {
  let secret;
  try {
    secret = await cf.kvs().get(kid);
  } catch (e) {
    return false;
  }
  const right = crypto.createHmac('sha256', secret).update('miniatura-1/' + kid + rest).digest('base64url').slice(0, SIGNATURE);
  let difference = right.length ^ signature.length;
  for (let i = 0; i < right.length; i++) {
    difference |= right.charCodeAt(i) ^ signature.charCodeAt(i);
  }
  return difference === 0;
}

// The text of the spec for a client: format:auto is the best that it takes, or none
function resolved(request, spec) {
  if (!spec.split(',').includes('format:auto')) {
    return spec;
  }
  const format = spec.split(',').includes('frames:all') ? null : best(request, CONFIG.formats);
  return spec.replace(',format:auto', format === null ? '' : ',format:' + format);
}

// The first of the formats that the client names in Accept and does not refuse
function best(request, formats) {
  const accept = request.headers.accept ? request.headers.accept.value.toLowerCase() : '';
  const types = [];
  accept.split(',').forEach(range => {
    const parts = range.trim().split(/\s*;\s*/);
    if (!parts.slice(1).some(part => /^q=0(\.0{0,3})?$/.test(part))) {
      types.push(parts[0]);
    }
  });
  for (const format in formats) {
    if (types.includes(CONFIG.formats[format])) {
      return format;
    }
  }
  return null;
}

function onDemand(key, specHash) {
  return '/' + encoded(CONFIG.onDemand + hash(key).slice(0, 32) + '/' + specHash);
}

function likely(key) {
  const match = /\.(png|gif)$/i.exec(key);
  return match ? match[1].toLowerCase() : 'jpg';
}

function hash(text) {
  return crypto.createHash('sha256').update(text).digest('hex');
}

function decoded(path) {
  try {
    return path === '' || /[^!-~]/.test(path) ? null : decodeURIComponent(path);
  } catch (e) {
    return null;
  }
}

function encoded(key) {
  return encodeURIComponent(key).replace(/%2F/g, '/')
    .replace(/[!'()*]/g, c => '%' + c.charCodeAt(0).toString(16).toUpperCase());
}

function refused(status, code, message) {
  return {
    statusCode: status,
    headers: {
      'content-type': { value: 'application/json' },
      'cache-control': { value: 'no-store' },
      'miniatura-error': { value: code },
      'x-content-type-options': { value: 'nosniff' }
    },
    body: '{"error":"' + code + '","message":"' + message + '"}\n'
  };
}
