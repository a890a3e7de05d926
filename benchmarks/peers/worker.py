"""Makes thumbnails with Pillow or vipsthumbnail, on request.

The lines it answers are described in Worker.java.
"""

import concurrent.futures
import io
import os
import subprocess
import sys
import tempfile
import time


class Pillow:
    """Pillow as its documentation advises for JPEG: draft mode by way of thumbnail()."""

    def __init__(self):
        import PIL
        from PIL import Image, ImageOps, features

        self.image, self.ops = Image, ImageOps
        self.version = "Pillow %s (libjpeg-turbo %s), Python %s" % (
            PIL.__version__,
            features.version("libjpeg_turbo"),
            sys.version.split()[0],
        )
        self.pool = concurrent.futures.ThreadPoolExecutor(8)

    def picture(self, source, side):
        image = self.image.open(io.BytesIO(source))
        if image.format != "JPEG" and image.mode not in ("RGB", "L"):
            image = image.convert("RGBA")
        image.thumbnail((side, side), self.image.LANCZOS, reducing_gap=2.0)
        return self.ops.exif_transpose(image)

    def thumbnail(self, source, side, form):
        if form == "gif":
            raise ValueError("of animations the first frame only")
        image = self.picture(source, side)
        out = io.BytesIO()
        if form == "png":
            image.save(out, "PNG")
        elif form == "webp":
            image.save(out, "WEBP", quality=80)
        else:
            if image.mode == "RGBA":
                white = self.image.new("RGBA", image.size, "white")
                image = self.image.alpha_composite(white, image)
            image.convert("RGB").save(out, "JPEG", quality=80)
        return out.getvalue()

    def time(self, threads, milliseconds, side, form, path):
        with open(path, "rb") as file:
            source = file.read()
        times = []
        end = time.perf_counter() + milliseconds / 1000
        while not times or time.perf_counter() < end:
            start = time.perf_counter()
            if threads == 1:
                self.thumbnail(source, side, form)
            else:
                jobs = [self.pool.submit(self.thumbnail, source, side, form) for _ in range(threads)]
                for job in jobs:
                    job.result()
            times.append((time.perf_counter() - start) * 1000 / threads)
        return times

    def save(self, side, path, target):
        with open(path, "rb") as source, open(target, "wb") as out:
            out.write(self.thumbnail(source.read(), side, "png"))

    def encode(self, form, quality, path, target):
        with self.image.open(path) as image:
            image.convert("RGB").save(target, form.upper(), quality=quality)


class Vipsthumbnail:
    """The command, one process for several thumbnails of one picture under different names.

    Its start is part of the time and shared by them; so is reading and writing files.
    """

    SUFFIXES = {"jpeg": ".jpg[Q=80,strip]", "png": ".png[strip]", "webp": ".webp[Q=80,strip]"}
    MOST = 16

    def __init__(self):
        output = subprocess.run(["vipsthumbnail", "--version"], capture_output=True, text=True)
        self.version = "vipsthumbnail (%s)" % output.stdout.strip()
        self.folder = tempfile.TemporaryDirectory()
        self.known = {}  # milliseconds of one thumbnail, to choose how many fill a turn

    def command(self, names, side, output):
        return ["vipsthumbnail", "--size", "%dx%d>" % (side, side), "-o", output, *names]

    def processes(self, threads, count, side, form, path):
        running = []
        start = time.perf_counter()
        for thread in range(threads):
            names = []
            for i in range(count):
                name = os.path.join(self.folder.name, "%d-%d%s" % (thread, i, os.path.splitext(path)[1]))
                if os.path.lexists(name):
                    os.unlink(name)
                os.symlink(os.path.abspath(path), name)
                names.append(name)
            output = os.path.join(self.folder.name, "out-%s" + self.SUFFIXES[form])
            running.append(
                subprocess.Popen(self.command(names, side, output), stderr=subprocess.PIPE)
            )
        for process in running:
            errors = process.communicate()[1]
            if process.returncode != 0:
                raise RuntimeError(errors.decode().splitlines()[0])
        return (time.perf_counter() - start) * 1000 / (threads * count)

    def time(self, threads, milliseconds, side, form, path):
        key = (threads, side, form, path)
        guess = self.known.get(key) or self.processes(threads, 1, side, form, path)
        count = max(1, min(self.MOST, round(milliseconds / guess / threads)))
        self.known[key] = self.processes(threads, count, side, form, path)
        return [self.known[key]]

    def save(self, side, path, target):
        command = self.command([path], side, os.path.abspath(target) + "[strip]")
        subprocess.run(command, check=True, capture_output=True)


def answer(engine, verb, *rest):
    if verb == "version":
        return engine.version
    if verb == "time":
        threads, milliseconds, side, form, path = rest
        times = engine.time(int(threads), float(milliseconds), int(side), form, path)
        return " ".join("%.4f" % t for t in times)
    if verb == "save":
        side, path, target = rest
        engine.save(int(side), path, target)
        return "saved"
    if verb == "encode":
        form, quality, path, target = rest
        engine.encode(form, int(quality), path, target)
        return "encoded"
    raise ValueError("unknown request " + verb)


def main():
    engine = {"pillow": Pillow, "vipsthumbnail": Vipsthumbnail}[sys.argv[1]]()
    for line in sys.stdin:
        try:
            print(answer(engine, *line.rstrip("\n").split("\t")), flush=True)
        except Exception as e:  # the comparison shows a gap and goes on
            print("error:", str(e).splitlines()[0] if str(e) else repr(e), flush=True)


if __name__ == "__main__":
    main()
