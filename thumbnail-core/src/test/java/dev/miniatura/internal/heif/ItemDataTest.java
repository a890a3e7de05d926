package dev.miniatura.internal.heif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.miniatura.ImageSource;
import dev.miniatura.LimitExceededException;
import dev.miniatura.MalformedImageException;
import dev.miniatura.ThumbnailSpec;
import dev.miniatura.Thumbnailer;
import dev.miniatura.testing.HeifMaker;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ItemDataTest {

  private static final int CLAIMED = 200 << 20;

  /** Returns a small file whose only item, which is broken, claims to be long. */
  private static byte[] file() {
    HeifMaker maker = HeifMaker.of("avif", "mif1");
    maker.item("av01", new byte[5000], HeifMaker.av1C(0, 8, true, 1, 1), HeifMaker.ispe(64, 64));
    byte[] file = maker.bytes();
    int iloc = new String(file, StandardCharsets.ISO_8859_1).indexOf("iloc");
    ByteBuffer.wrap(file).putInt(iloc + 4 + 4 + 4 + 6 + 4, CLAIMED);
    return file;
  }

  private static void assertAllocatesLittle(ThrowingCallable render, Class<?>... errors) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(render).isInstanceOfAny(errors);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(CLAIMED / 10);
  }

  @Test
  void render_itemThatClaimsToBeLong_takesNoMoreThanIsThere() {
    Thumbnailer thumbnailer = Thumbnailer.create();
    byte[] file = file();
    assertAllocatesLittle(
        () -> thumbnailer.render(ImageSource.of(file), ThumbnailSpec.fit(16, 16)),
        MalformedImageException.class);
  }

  @Test
  void render_streamWithSuchAnItem_takesNoMoreThanAHeaderCan() {
    Thumbnailer thumbnailer = Thumbnailer.create();
    byte[] file = file();
    assertAllocatesLittle(
        () -> thumbnailer.render(() -> new ByteArrayInputStream(file), ThumbnailSpec.fit(16, 16)),
        MalformedImageException.class,
        LimitExceededException.class);
  }
}
