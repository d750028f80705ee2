package io.assay.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngTest {
  @Test
  void keepsColoursToTheirHighestSixBits() throws IOException {
    var image = new BufferedImage(16, 9, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 16 * 9; i++) {
      image.setRGB(i % 16, i / 16, (i * 0x01_1F_07) & 0xFFFFFF);
    }

    BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(image)));

    for (int i = 0; i < 16 * 9; i++) {
      int there = image.getRGB(i % 16, i / 16) & 0xFCFCFC;
      assertThat(read.getRGB(i % 16, i / 16) & 0xFCFCFC).isEqualTo(there);
    }
  }

  @Test
  void aDrawnFrameKeepsItsLook() throws IOException {
    BufferedImage drawn = FrameRenderer.render(new World(4, 1_772_438_400_000L).next());

    BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(drawn)));

    double error = 0;
    for (int y = 0; y < drawn.getHeight(); y++) {
      for (int x = 0; x < drawn.getWidth(); x++) {
        var a = new Color(drawn.getRGB(x, y));
        var b = new Color(read.getRGB(x, y));
        error += Math.abs(a.getRed() - b.getRed()) + Math.abs(a.getBlue() - b.getBlue());
      }
    }
    // Two bits a channel are dropped on purpose, which alone costs one level on the average.
    assertThat(error / (2.0 * drawn.getHeight() * drawn.getWidth())).isLessThan(2.5);
  }
}
