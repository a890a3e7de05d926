// Prints the milliseconds of sharp's first thumbnails in this process: first.js PHOTO CALLS
'use strict';

const fs = require('node:fs');
const sharp = require('sharp');

(async () => {
  const source = fs.readFileSync(process.argv[2]);
  for (let call = 0; call < Number(process.argv[3]); call++) {
    const start = performance.now();
    await sharp(source)
      .autoOrient()
      .resize(256, 256, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 80 })
      .toBuffer();
    console.log(performance.now() - start);
  }
})();
