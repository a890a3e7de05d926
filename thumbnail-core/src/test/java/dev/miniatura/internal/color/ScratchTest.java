package dev.miniatura.internal.color;

import dev.miniatura.internal.raster.*;
import dev.miniatura.testing.IccProfiles;
import java.nio.file.*;
import java.util.*;
import org.junit.jupiter.api.Test;

class ScratchTest {
  @Test
  void go() throws Exception {
    Map<String, byte[]> m = new LinkedHashMap<>();
    m.put("p3", IccProfiles.displayP3());
    m.put("adobe", IccProfiles.adobeRgb());
    m.put("prophoto", IccProfiles.proPhoto());
    m.put("gray", IccProfiles.grayGamma22());
    m.put("srgb", IccProfiles.srgb());
    m.put("cmyk", IccProfiles.cmyk());
    m.put("cmyk8", IccProfiles.cmyk8());
    m.put("rgbTables", IccProfiles.rgbTables());
    m.put(
        "jdk", java.awt.color.ICC_Profile.getInstance(java.awt.color.ColorSpace.CS_sRGB).getData());
    m.put(
        "jdkgray",
        java.awt.color.ICC_Profile.getInstance(java.awt.color.ColorSpace.CS_GRAY).getData());
    m.put(
        "linear",
        java.awt.color.ICC_Profile.getInstance(java.awt.color.ColorSpace.CS_LINEAR_RGB).getData());
    m.put(
        "pycc",
        java.awt.color.ICC_Profile.getInstance(java.awt.color.ColorSpace.CS_PYCC).getData());
    try (var s = Files.list(Path.of("/tmp/colorx"))) {
      for (Path p : (Iterable<Path>) s.sorted()::iterator)
        if (p.toString().endsWith(".icc")) m.put(p.getFileName().toString(), Files.readAllBytes(p));
    }
    for (var e : m.entrySet()) {
      String sp = new String(e.getValue(), 16, 4);
      ColorKind k =
          sp.equals("RGB ")
              ? ColorKind.RGB
              : sp.equals("GRAY") ? ColorKind.GRAY : sp.equals("CMYK") ? ColorKind.CMYK : null;
      if (k == null) {
        System.out.println(e.getKey() + " " + sp);
        continue;
      }
      Notes n = new Notes();
      long t = System.nanoTime();
      ColorConversion c = ColorConversion.of(k, e.getValue(), n);
      t = System.nanoTime() - t;
      Raster in = TestRasters.random(256, 256, k, false, 7);
      Raster in2 =
          k == ColorKind.GRAY
              ? TestRasters.lattice(k, 256)
              : TestRasters.lattice(k, k == ColorKind.RGB ? 40 : 16);
      for (Raster r : List.of(in, in2)) {
        long t2 = System.nanoTime();
        Raster a = c.toRgb(r);
        t2 = System.nanoTime() - t2;
        long t3 = System.nanoTime();
        try {
          Raster b = LittleCms.toSrgb(e.getValue(), r);
          t3 = System.nanoTime() - t3;
          int[] h = TestRasters.differences(a, b);
          int worst = TestRasters.largest(h);
          String w = "";
          for (int i = 0; i < a.channel(0).length && w.isEmpty(); i++)
            for (int ch = 0; ch < a.channelCount(); ch++)
              if (Math.abs((a.channel(ch)[i] & 255) - (b.channel(ch)[i] & 255)) == worst) {
                w =
                    Arrays.toString(TestRasters.pixel(r, i))
                        + " ours "
                        + Arrays.toString(TestRasters.pixel(a, i))
                        + " lcms "
                        + Arrays.toString(TestRasters.pixel(b, i));
                break;
              }
          System.out.printf(
              "%s id=%b notes=%s of %d us, ours %d us cms %d us: mean %.3f max %d %s  %s%n",
              e.getKey(),
              c.isIdentity(),
              n.list(),
              t / 1000,
              t2 / 1000,
              t3 / 1000,
              TestRasters.mean(h),
              worst,
              Arrays.toString(Arrays.copyOf(h, 6)),
              w);
        } catch (RuntimeException x) {
          System.out.println(e.getKey() + " lcms: " + x);
        }
      }
    }
  }
}
