// A minimal server in the manner of imgproxy and of most of its kind: reads, renders, answers, keeps nothing.
//   node sharp-server.js FOLDER PORT      /t/small/KEY is KEY within 400 x 400 pixels, as JPEG
const http = require("node:http");
const fs = require("node:fs");
const path = require("node:path");
const sharp = require("sharp");

const [folder, port] = process.argv.slice(2);
sharp.cache(false); // no request is asked twice
http.createServer(async (request, response) => {
  try {
    const file = path.join(folder, decodeURIComponent(request.url.replace("/t/small/", "")));
    const stat = await fs.promises.stat(file);
    const tag = `"${stat.mtimeMs}-${stat.size}"`;
    if (request.headers["if-none-match"] === tag) {
      response.writeHead(304, { ETag: tag }).end();
      return;
    }
    const body = await sharp(file).rotate()
      .resize(400, 400, { fit: "inside", withoutEnlargement: true })
      .jpeg({ quality: 80 }).toBuffer();
    response.writeHead(200, { "Content-Type": "image/jpeg", "Content-Length": body.length, ETag: tag }).end(body);
  } catch (e) {
    response.writeHead(404).end();
  }
}).listen(Number(port), "127.0.0.1");
