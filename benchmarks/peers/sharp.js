// Makes thumbnails with sharp, on request; the lines it answers are described in Worker.java.
// UV_THREADPOOL_SIZE bounds how many thumbnails run at once, libvips gets one thread for each.
'use strict';

const fs = require('node:fs');
const readline = require('node:readline');
const sharp = require('sharp');

sharp.concurrency(1);
sharp.cache(false);

function thumbnail(source, side, format) {
  const picture = sharp(source, { animated: format === 'gif' })
    .autoOrient()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true });
  if (format === 'gif') {
    return picture.gif().toBuffer();
  }
  if (format === 'webp') {
    return picture.webp({ quality: 80 }).toBuffer();
  }
  return format === 'jpeg'
    ? picture.flatten({ background: '#fff' }).jpeg({ quality: 80 }).toBuffer()
    : picture.png().toBuffer();
}

async function time(threads, milliseconds, side, format, path) {
  const source = fs.readFileSync(path);
  const times = [];
  const end = performance.now() + milliseconds;
  do {
    const start = performance.now();
    await Promise.all(Array.from({ length: threads }, () => thumbnail(source, side, format)));
    times.push((performance.now() - start) / threads);
  } while (performance.now() < end);
  return times.join(' ');
}

// The processor time of encoding pixels; with raw, of all that sharp does around it.
async function pixels(format, milliseconds, width, height, path) {
  const source = fs.readFileSync(path);
  const times = [];
  const end = performance.now() + milliseconds;
  do {
    const start = process.cpuUsage();
    const picture = sharp(source, { raw: { width, height, channels: 3 } });
    await (format === 'webp' ? picture.webp({ quality: 80 }) : picture.raw()).toBuffer();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  } while (performance.now() < end);
  return times.join(' ');
}

// The processor time of decoding a file to pixels.
async function decode(milliseconds, path) {
  const source = fs.readFileSync(path);
  const times = [];
  const end = performance.now() + milliseconds;
  do {
    const start = process.cpuUsage();
    await sharp(source).raw().toBuffer();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  } while (performance.now() < end);
  return times.join(' ');
}

async function answer([verb, ...rest]) {
  switch (verb) {
    case 'version':
      return `sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}, Node.js ${process.version}`;
    case 'time': {
      const [threads, milliseconds, side, format, path] = rest;
      return time(Number(threads), Number(milliseconds), Number(side), format, path);
    }
    case 'pixels': {
      const [format, milliseconds, width, height, path] = rest;
      return pixels(format, Number(milliseconds), Number(width), Number(height), path);
    }
    case 'decode':
      return decode(Number(rest[0]), rest[1]);
    case 'save': {
      const [side, path, target] = rest;
      fs.writeFileSync(target, await thumbnail(fs.readFileSync(path), Number(side), 'png'));
      return 'saved';
    }
    case 'encode': {
      const [format, quality, path, target] = rest;
      const picture = sharp(path);
      await (format === 'jpeg' ? picture.jpeg({ quality: Number(quality) }) : picture.png())
        .toFile(target);
      return 'encoded';
    }
    default:
      return `error: unknown request ${verb}`;
  }
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    console.log(await answer(line.split('\t')).catch((e) => `error: ${e.message.split('\n')[0]}`));
  }
})();
