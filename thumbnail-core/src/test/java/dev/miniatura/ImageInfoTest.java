package dev.miniatura;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.raster.ImageHeader;
import dev.miniatura.testing.BmpMaker;
import dev.miniatura.testing.ExifMaker;
import dev.miniatura.testing.GifMaker;
import dev.miniatura.testing.JpegMaker;
import dev.miniatura.testing.PngMaker;
import dev.miniatura.testing.PsdMaker;
import dev.miniatura.testing.TestImages;
import dev.miniatura.testing.TgaMaker;
import dev.miniatura.testing.TiffMaker;
import dev.miniatura.testing.WebpMaker;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageInfoTest {

  private static final BufferedImage PICTURE = TestImages.photo(60, 40);

  private static ImageInfo probe(byte[] file) throws IOException {
    return Thumbnailer.create().probe(ImageSource.of(file));
  }

  private static String type(byte[] file) throws IOException {
    ImageInfo info = probe(file);
    return info.mediaType() + " " + info.extension();
  }

  @Test
  void mediaTypeAndExtension_ofEachFormat() throws IOException {
    assertThat(type(JpegMaker.of(PICTURE).bytes())).isEqualTo("image/jpeg jpg");
    assertThat(type(PngMaker.of(PICTURE).bytes())).isEqualTo("image/png png");
    assertThat(type(GifMaker.of(PICTURE).bytes())).isEqualTo("image/gif gif");
    assertThat(type(WebpMaker.of(PICTURE).bytes())).isEqualTo("image/webp webp");
    assertThat(type(TiffMaker.of(PICTURE).bytes())).isEqualTo("image/tiff tif");
    assertThat(type(BmpMaker.bytes(PICTURE))).isEqualTo("image/bmp bmp");
    assertThat(type(PsdMaker.bytes(PICTURE))).isEqualTo("image/vnd.adobe.photoshop psd");
    assertThat(type(TgaMaker.bytes(PICTURE))).isEqualTo("image/tga tga");
    ImageInfo decoded = Thumbnailer.create().probe(ImageSource.of(PICTURE));
    assertThat(decoded.mediaType()).isEqualTo("image/png"); // which its bytes are
    assertThat(new ImageInfo(ImageHeader.of("NEW", 1, 1, "RGB", 8).build()).mediaType())
        .isEqualTo("application/octet-stream");
  }

  @Test
  void camera_ofEveryContainerWithExif_isKnown() throws IOException {
    byte[] exif = ExifMaker.bigEndian().orientation(6).taken("2024:05:17 08:30:00").bytes();
    for (byte[] file :
        List.of(
            JpegMaker.of(PICTURE).exif(exif).bytes(),
            PngMaker.of(PICTURE).exif(exif).bytes(),
            WebpMaker.of(PICTURE).exif(exif).bytes(),
            WebpMaker.animated(List.of(PICTURE, PICTURE), 50).exif(exif).bytes())) {
      ImageInfo info = probe(file);
      assertThat(info.camera().make()).contains("Miniatura");
      assertThat(info.camera().model()).contains("Synthetic camera");
      assertThat(info.camera().taken()).contains(LocalDateTime.of(2024, 5, 17, 8, 30));
      assertThat(info.orientation()).isEqualTo(6);
    }
    ImageInfo tiff = probe(TiffMaker.of(PICTURE).make("Scanner works").bytes());
    assertThat(tiff.camera().make()).contains("Scanner works");
  }
}
