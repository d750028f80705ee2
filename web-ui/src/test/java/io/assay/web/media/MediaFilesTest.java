package io.assay.web.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaFilesTest {
  @TempDir Path folder;
  private Path media;
  private MediaFiles files;

  @BeforeEach
  void layOut() throws IOException {
    media = folder.resolve("media");
    Files.createDirectories(media.resolve("v1"));
    ImageIO.write(
        new BufferedImage(12, 7, BufferedImage.TYPE_INT_RGB),
        "png",
        media.resolve("v1/one.png").toFile());
    Files.copy(media.resolve("v1/one.png"), folder.resolve("secret.png"));
    Files.writeString(media.resolve("v1/notes.txt"), "not an image");
    Files.writeString(media.resolve("v1/drawing.svg"), "<svg/>");
    files =
        new MediaFiles(
            MediaPlacesTest.folders(media, Map.of("other", folder.resolve("elsewhere"))));
  }

  @Test
  void findsImagesWithTheirSize() {
    assertThat(files.find("default", "v1/one.png")).isPresent();
    assertThat(files.size("default", "v1/one.png")).hasValue(new MediaFiles.Size(12, 7));
  }

  @Test
  void nothingOutsideTheFolderIsFound() throws IOException {
    Files.createSymbolicLink(media.resolve("v1/link.png"), folder.resolve("secret.png"));
    for (String reference :
        new String[] {
          "../secret.png",
          "v1/../../secret.png",
          folder.resolve("secret.png").toString(),
          "v1/link.png",
          "v1/one.png\0.png",
          "v1"
        }) {
      assertThat(files.find("default", reference)).as(reference).isEmpty();
    }
  }

  @Test
  void onlyImagesAreServed() {
    assertThat(files.find("default", "v1/notes.txt")).isEmpty();
    assertThat(files.find("default", "v1/drawing.svg")).isEmpty();
  }

  @Test
  void oneProjectDoesNotSeeAnothersImages() {
    assertThat(files.find("other", "v1/one.png")).isEmpty();
    assertThat(files.find("third", "v1/one.png")).isEmpty();
  }
}
