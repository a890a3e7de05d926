package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.storage.FileImageStore;
import dev.miniatura.storage.ImageStore;
import dev.miniatura.storage.MemoryImageStore;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.TestImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSourceTest {

  private static final ThumbnailSpec SMALL = ThumbnailSpec.fit(64, 64);

  /** An archive of pictures, each in an entry of its own. */
  private static byte[] archive(List<byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < files.size(); i++) {
        zip.putNextEntry(new ZipEntry("photo" + i));
        zip.write(files.get(i));
      }
    }
    return bytes.toByteArray();
  }

  private static List<byte[]> files() throws IOException {
    return List.of(
        JpegMaker.of(TestImages.photo(300, 200)).bytes(),
        PngMaker.of(TestImages.photo(200, 200)).bytes(),
        JpegMaker.of(TestImages.photo(200, 300)).bytes());
  }

  @Test
  void render_entriesOfAnArchive_leavesItsStreamOpen() throws IOException {
    Thumbnailer thumbnailer = Thumbnailer.create();
    List<String> sizes = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive(files())))) {
      while (zip.getNextEntry() != null) {
        Thumbnail thumbnail = thumbnailer.render(ImageSource.of(zip), SMALL);
        sizes.add(thumbnail.width() + "x" + thumbnail.height());
      }
    }
    assertThat(sizes).containsExactly("64x43", "64x64", "43x64");
  }

  @Test
  void put_entriesOfAnArchive_leavesItsStreamOpen(@TempDir Path folder) throws IOException {
    List<byte[]> files = files();
    for (ImageStore store : List.of(MemoryImageStore.create(), FileImageStore.of(folder))) {
      try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive(files)))) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          store.put(entry.getName(), ImageSource.of(zip), ImageStore.Attributes.none());
        }
      }
      for (int i = 0; i < files.size(); i++) {
        try (InputStream stored = store.open("photo" + i).open()) {
          assertThat(stored.readAllBytes()).isEqualTo(files.get(i));
        }
      }
    }
  }

  /** The library closes streams that it opened itself. */
  @Test
  void render_sourceThatOpensItsOwnStream_closesIt() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    byte[] file = files().get(0);
    ImageSource source =
        () ->
            new ByteArrayInputStream(file) {
              @Override
              public void close() {
                closed.set(true);
              }
            };
    Thumbnailer.create().render(source, SMALL);
    assertThat(closed).isTrue();
  }

  @Test
  void put_decodedPicture_storesItAsPng(@TempDir Path folder) throws IOException {
    for (ImageStore store : List.of(MemoryImageStore.create(), FileImageStore.of(folder))) {
      for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB}) {
        BufferedImage image = new BufferedImage(30, 20, type);
        image.setRGB(3, 4, 0xff3366cc);
        image.setRGB(5, 6, 0x80ff0000);
        store.put("picture", ImageSource.of(image), ImageStore.Attributes.none());
        try (InputStream stored = store.open("picture").open()) {
          BufferedImage read = ImageIO.read(stored);
          assertThat(read.getColorModel().hasAlpha())
              .isEqualTo(type == BufferedImage.TYPE_INT_ARGB);
          assertThat(read.getRGB(0, 0, 30, 20, null, 0, 30))
              .isEqualTo(image.getRGB(0, 0, 30, 20, null, 0, 30));
        }
      }
    }
  }
}
