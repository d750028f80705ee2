package io.assay.web.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.springframework.stereotype.Component;

/** The images and videos below a project's folder. */
@Component
public class MediaFiles {
  private final MediaSettings settings;

  MediaFiles(MediaSettings settings) {
    this.settings = settings;
  }

  /**
   * The file, if it is an image or a video that truly lies in the project's folder: links that lead
   * out do not count.
   */
  public Optional<Path> find(String project, String reference) {
    Path folder = settings.folderOf(project);
    if (folder == null || MediaKind.of(reference) == MediaKind.OTHER) {
      return Optional.empty();
    }
    try {
      Path root = folder.toRealPath();
      Path file = root.resolve(reference).toRealPath();
      return file.startsWith(root) && Files.isRegularFile(file)
          ? Optional.of(file)
          : Optional.empty();
    } catch (IOException | InvalidPathException notThere) {
      return Optional.empty();
    }
  }

  /** Width and height in pixels, from the file's header. */
  public Optional<Size> size(String project, String reference) {
    return find(project, reference).flatMap(MediaFiles::size);
  }

  private static Optional<Size> size(Path file) {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      var readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        return Optional.of(new Size(reader.getWidth(0), reader.getHeight(0)));
      } finally {
        reader.dispose();
      }
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Of an image, in pixels. */
  public record Size(int width, int height) {}
}
