package dev.miniatura.internal.tiff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miniatura.internal.io.SourceBytes;
import dev.miniatura.internal.tiff.FaxReader.Scheme;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fax data compared with the output of libtiff 4.5 (tiffcp) for a picture with runs of every code.
 */
class FaxReaderTest {

  private static final int WIDTH = 6000;
  private static final int HEIGHT = 128;

  private static final String ONE_DIMENSION =
      "ABNQHwHwJoMgAJqhwHwHwJoKwAJruA+A+BNBUABNaAHwHwJobQAJq7AfAfAmg2AAmp4A+A+BNDWABNS4"
          + "B8B8CaGoACaj8B8B8CaGkACaizAfAfAmg1AAmolAHwHwJoNAAJqEOA+A+BNDMABNQqAHwHwJoZQAJqHI"
          + "AfAfAmgXABNQQMB8B8CaDcAE1B9AHwHwJoaAATUMagPgPgTQIABNQXqAfAfAmguACagxWA+A+BNBwATU"
          + "CE4D4D4E0OACahnGAPgPgTQgAJqGgQA+A+BNFABNQ2FwHwHwJpAAmoNwYD4D4E1gAmoKAgD4D4E3ABNQ"
          + "LqAHwHwJobgAmoGFYD4D4EwGYAE1DKJgPgPgTALAATUMtIA+A+BMBZABNQzDAD4D4EwCgAE1DNAgHwHw"
          + "JgHAAJqDQBgPgPgTAJAATUGkaAfAfAmApAAmoNQ2A+A+BMBkABNQaxIB8B8CYCsACahpCYD4D4EwFQAE"
          + "1DTFAHwHwJgbQAJqGoKgPgPgTAbAATUNUWAfAfAmBrAAmoawuA+A+BMDUABNQ1ygB8B8CYGkACag2FID"
          + "4D4EwGoAE1BtKgHwHwJgNAAJqG0VgPgPgTAzAATUNssAfAfAmBlAAmoKhaA+A+BMAuACagqggD4D4EwG"
          + "4AJqCsCgPgPgTA0AAmoK4UA+A+BMAgAE1BkCwHwHwJgLgAmoMqkA+A+BMBwATUFJTAfAfAmBwATUFNUA"
          + "fAfAmBAATUCRVAfAfAmCgAmoG5IA+A+BMIAE1A4JQHwHwJjABNQJ1gB8B8CZgAmoFCyA+A+BMDcAE1BY"
          + "WgHwHwJYMwAJqCytgPgPgSwLAATUCtKAfAfAlgsgAmoFiWA+A+BLAoABNQWjIB8B8CWBwACagzGYD4D4"
          + "EsCQAE1BnNAHwHwJYKQAJqB4b7NQHwHwJYMgAJqGQG8jUB8B8DaDIACahkhuuagPgPgagyAAmoLYbtzU"
          + "B8B8DMGQAE1AzDc2NQHwHwyQZAATUDQNzc1AfAfA8GQAE1A1DdkNQHwHgZAATUDYG7KagPgOAyAAmoG0"
          + "N2g1AfAWBkABNQJQbs5qA+AoDIACagSw3ZhqA+AkDIACagTA3ZpqA+AwGQAE1Amhu0jUB8DKDIACagcg"
          + "3aZqA+BbBkABNQOYbtQ1AfAqgyAAmoHQN2qagPgUwZAATUDqG7WNQHwO4MgAJqB2DdrmoD4HUGQAE1A7"
          + "hu2DUB8DmDIACagUg3bJqA+BNBkABNQKYbto1AfAlgyAAmoFQN22agPgbQZAATUCqG6YNQHwNQZAATUC"
          + "0G6ZNQHwMwZAATUC2G6aNQHwyQZAATUDIG7BqA+B4MgAJqBlDdNmoDwMgAJqAgNwEGoDgMgAJqAwNwGG"
          + "oCwMgAJqA0NwGmoCgMgAJqAkG4CRqAkDIACagJhuAmagMBkABNQFA3AUNQMoMgAJqAqG4CpqBbBkABNQ"
          + "Fg3AWNQKoMgAJqAuG4C5qBTBkABNQHA3AcNQO4MgAJqA6G4DpqB1BkABNQHg3AeNQOYMgAJqA+G4D5qB"
          + "NBkABNQPDUAwPKAHwHwJQaoAJqB4aomB/YD4D4EoNMAE1A8GxIB48AfAfAlA1gAmoHhrCYH3APgPgSga"
          + "QATUDw1gMDxfAfAfAlBmgAmoHg2CQHuYD4D4EoMsAE1A8NUbA8SgD4D4EoDAAJqB4aguB5nAfAfAlAoA"
          + "BNQPDVEgPCIAfAfAlBsABNQPBsJgeGCAHwHwJQZwATUDw1hIDwoYD4D4EoGAATUDw1gIDwX0AfAfAlBg"
          + "AE1A8GwbA8PqA+A+BKBAATUDw1RoDwYqAfAfAlBQATUDw1BYDwSsB8B8CUIACageGqNgeBCcB8B8CUMA"
          + "E1A8GwTA8HGAPgPgSjABNQPDWGwPDOIAfAfAlQAJqB4axgDwLlwHwHwJSABNQPBsGgPDQDAfAfA2gzgA"
          + "moHhqgYHgYCAPgPgbQWgATUDw1BUDw2KAHwHwNoFYAJqB4ao0B4ZSsB8B8DaCwACageDYJAeDcmA+A+B"
          + "tAnA";

  private static final String MIXED =
      "ABmoD4D4E0GQAFKHgAzXcB8B8CaCoACsOADNXYD4D4E0GwAFYcAGalwD4D4E0NQAFYcAGaizAfAfAmg1"
          + "AArDgAzUIcB8B8CaGYACsOADNQ5AD4D4E0C4AKw4AM1B9AHwHwJoaAAVhwAZqC9QD4D4E0FwAVhwAZqB"
          + "CcB8B8CaHABWHABmoaBAD4D4E0UAFYcAGag3BgPgPgTWACsOADNQLqAHwHwJobgArDgAzUMomA+A+BMA"
          + "sABWHABmoZhgB8B8CYBQACsOADNQaAMB8B8CYBIACsOADNQahsB8B8CYDIACsOADNQ0hMB8B8CYCoACs"
          + "OADNQ1BUB8B8CYDYACsOADNQ1hcB8B8CYGoACsOADNQbCkB8B8CYDUACsOADNQ2isB8B8CYGYACsOADN"
          + "QVC0B8B8CYBcAFYcAGagrAoD4D4EwNAAKw4AM1BkCwHwHwJgLgArDgAzUFJTAfAfAmBwAVhwAZqBIqgP"
          + "gPgTBQAVhwAZqBwSgPgPgTGACsOADNQKFkB8B8CYG4AKw4AM1BZWwHwHwJYFgAKw4AM1AsSwHwHwJYFA"
          + "AKw4AM1BmMwHwHwJYEgAKw4AM1A8N9moD4D4EsGQAFIZAbyNYAM1DJDdc1AfAfA1BkABSC2G7c1gAzUD"
          + "MNzY1AfAfDJBkABSBoG5uawAZqBqG7IagPgPAyAApA2BuymsAGagbQ3aDUB8BYGQAFIEoN2c1gAzUCWG"
          + "7MNQHwEgZAAUgTA3ZprABmoE0N2kagPgZQZAAUgcg3aZrABmoHMN2oagPgVQZAAUgdA3aprABmoHUN2s"
          + "agPgdwZAAUgdg3a5rABmoHcN2wagPgcwZAAUgUg3bJrABmoFMN20agPgSwZAAUgVA3bZrABmoFUN0wag"
          + "PgagyAApAtBumTWADNQLYbpo1AfDJBkABSBkDdg1gAzUDKG6bNQHgZAAUgIDcBBrABmoDA3AYagLAyAA"
          + "pAaG4DTWADNQEg3ASNQEgZAAUgJhuAmawAZqAoG4ChqBlBkABSAqG4CprABmoCwbgLGoFUGQAFIC4bgL"
          + "msAGagOBuA4agdwZAAUgOhuA6awAZqA8G4DxqBzBkABSA+G4D5rABmoHhqAYHlAD4D4EoNUAFZEwPw4A"
          + "M1A8GxIB48AfAfAlA1gAoREwPg4AM1A8NYDA8XwHwHwJQZoAKGRID2HABmoHhqjYHiUAfAfAlAYABURc"
          + "DzDgAzUDw1RIDwiAHwHwJQbAAUGSYHhgOADNQPDWEgPChgPgPgSgYABZAgPBcOADNQPBsGwPD6gPgPgS"
          + "gQAFBEaA8GA4AM1A8NQWA8ErAfAfAlCAArI2B4EBwAZqB4NgmB4OMAfAfAlGAChEbA8M4cAGageGsYA8"
          + "C5cB8B8CUgAUMjQHhoDgAzUDw1QMDwMBAHwHwNoLQAKiKgeGwOADNQPDVGgPDKVgPgPgbQWAAUGRIDwb"
          + "hw==";

  private static final String TWO_DIMENSIONS =
      "JqA+A+BNBklD7LgPgPgTQVLD2HsPYew9h7D2HsPYew9h7D2HsPYew9h7D2HsPYew9h7D2HsPYew9h7D2"
          + "HsPYew9h7D2HsPYew9h7D2HsPYew9h7D2HsPYew9h7D2HsPYew9h7D2HkMgN5GuQyQ3XNcgthu3NcgZh"
          + "ubGuQNA3NzXIGobshrkDYG7Ka5A2hu0GuQJQbs5rkCWG7MNcgTA3ZprkCaG7SNcgcg3aZrkDmG7UNcgd"
          + "A3aprkDqG7WNcgdg3a5rkDuG7YNcgUg3bJrkCmG7aNcgVA3bZrkCqG6YNcgWg3TJrkC2G6aNcgZA3YNc"
          + "gZQ3TZrkBAbgINcgMDcBhrkBobgNNcgJBuAka5ATDcBM1yAoG4ChrkBUNwFTXICwbgLGuQFw3AXNcgOB"
          + "uA4a5AdDcB01yA8G4DxrkB8NwHzXIHhqAZA8oHZEwPw8GUgHjDwiJgfB8gYHih4ZEgPYeCI2B4geiLge"
          + "YeyJAeEDwZJgeGA8IiQHhQ+QIDwXDwyNgeHDwRGgPBgPRFgPBA9kbA8CA8GRMDwcPCI2B4Zw+TAHgXDw"
          + "yNAeGgPBEDA8DAeiKgeGwPZGgPDKDwZEgPBuHABABA==";

  /** Rows of ones, in which zeros lie: of each run that a code stands for, then in small steps. */
  private static boolean[] picture(int y) {
    boolean[] ones = new boolean[WIDTH];
    Arrays.fill(ones, true);
    int codes = 64 + 40;
    if (y < codes) {
      int run = y < 64 ? y : 64 * (y - 63);
      Arrays.fill(ones, run, 2 * run, false);
    } else {
      int i = y - codes;
      Arrays.fill(ones, 100 + i * i % 7, 130 + i * 5 % 9, false);
      Arrays.fill(ones, 200 + i, 203 + 2 * i, false);
    }
    return ones;
  }

  private static byte[] stored(Scheme scheme) {
    return Base64.getDecoder()
        .decode(
            switch (scheme) {
              case HUFFMAN, HUFFMAN_WORDS, ONE_DIMENSION -> ONE_DIMENSION;
              case MIXED -> MIXED;
              case TWO_DIMENSIONS -> TWO_DIMENSIONS;
            });
  }

  private static FaxReader reader(byte[] stored, Scheme scheme) throws IOException {
    byte[] file = new byte[8 + stored.length];
    file[0] = file[1] = 'I';
    file[2] = 42;
    System.arraycopy(stored, 0, file, 8, stored.length);
    TiffFile tiff = TiffFile.open(SourceBytes.of(file));
    SegmentInput in = new SegmentInput(tiff, 8, file.length, false);
    return new FaxReader(in, "TIFF", scheme, WIDTH);
  }

  @ParameterizedTest
  @EnumSource(
      value = Scheme.class,
      names = {"ONE_DIMENSION", "MIXED", "TWO_DIMENSIONS"})
  void read_everyRun_equalsReference(Scheme scheme) throws IOException {
    FaxReader reader = reader(stored(scheme), scheme);
    byte[] row = new byte[WIDTH / 8];
    for (int y = 0; y < HEIGHT; y++) {
      assertThat(reader.read(row, 0, row.length)).as("row %d", y).isEqualTo(row.length);
      boolean[] expected = picture(y);
      for (int x = 0; x < WIDTH; x++) {
        boolean one = (row[x / 8] << x % 8 & 0x80) != 0;
        assertThat(one).as("%d, %d", x, y).isEqualTo(expected[x]);
      }
    }
    assertThat(reader.read(row, 0, row.length)).isZero();
  }

  @Test
  void decode_huffmanRows_startAtBytesOrWords() throws IOException {
    byte[][] rows = {{(byte) 0xb6}, {(byte) 0x98}, {0x35, 0x14}, {(byte) 0x83}};
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteArrayOutputStream words = new ByteArrayOutputStream();
    for (byte[] row : rows) {
      bytes.writeBytes(row);
      words.writeBytes(Arrays.copyOf(row, 2));
    }
    int[] pixels = {0x0f, 0, 0xff, 0x1f}; // 1 is black
    TiffBytes.Ifd page = TiffBytes.page(8, 4, 0, 1, 1).set(278, 4);
    byte[] byBytes = TiffBytes.of(page.set(259, 2).strips(bytes.toByteArray()));
    byte[] byWords = TiffBytes.of(page.set(259, 32771).strips(words.toByteArray()));
    for (byte[] file : new byte[][] {byBytes, byWords}) {
      Decoding decoding = Decoding.of(file);
      for (int i = 0; i < 32; i++) {
        boolean black = (pixels[i / 8] << i % 8 & 0x80) != 0;
        assertThat(decoding.at(i % 8, i / 8, 0)).isEqualTo(black ? 0 : 255);
      }
      assertThat(decoding.notes.list()).isEmpty();
    }
  }

  /**
   * Damaged T.4 rows repeat those above, and the others are unchanged. (Damage to an EOL merges two
   * rows, which shifts all others; one byte in three contains a part of an EOL.)
   */
  @Test
  void read_damagedRowOfT4_losesThatRowOnly() throws IOException {
    byte[] stored = stored(Scheme.ONE_DIMENSION);
    byte[] intact = rows(stored, Scheme.ONE_DIMENSION);
    int rowBytes = WIDTH / 8;
    int confined = 0;
    for (int at = 600; at < 800; at++) {
      byte[] damaged = stored.clone();
      damaged[at] ^= 0x55;
      byte[] rows = rows(damaged, Scheme.ONE_DIMENSION);
      int wrong = 0;
      for (int y = 0; y < HEIGHT; y++) {
        int from = y * rowBytes;
        wrong += Arrays.equals(intact, from, from + rowBytes, rows, from, from + rowBytes) ? 0 : 1;
      }
      confined += wrong <= 1 ? 1 : 0;
    }
    assertThat(confined).isGreaterThan(100);
  }

  private static byte[] rows(byte[] stored, Scheme scheme) throws IOException {
    FaxReader reader = reader(stored, scheme);
    byte[] rows = new byte[WIDTH / 8 * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      reader.read(rows, y * (WIDTH / 8), WIDTH / 8);
    }
    return rows;
  }

  /** For any bits, reading ends, and only with errors of this library. */
  @ParameterizedTest
  @EnumSource(Scheme.class)
  void read_anyBits_endsInRowsOrMalformed(Scheme scheme) throws IOException {
    Random random = new Random(12);
    for (int i = 0; i < 400; i++) {
      byte[] stored = stored(scheme).clone();
      for (int k = 0; k < 1 + i % 20; k++) {
        stored[random.nextInt(stored.length)] = (byte) random.nextInt(i % 2 == 0 ? 256 : 2);
      }
      stored = Arrays.copyOf(stored, 1 + random.nextInt(stored.length));
      FaxReader reader = reader(stored, scheme);
      byte[] row = new byte[WIDTH / 8];
      try {
        for (int y = 0; y < HEIGHT; y++) {
          assertThat(reader.read(row, 0, row.length)).isIn(0, row.length);
        }
      } catch (dev.miniatura.MalformedImageException e) {
        assertThat(e.offset()).isPositive();
      }
    }
  }
}
