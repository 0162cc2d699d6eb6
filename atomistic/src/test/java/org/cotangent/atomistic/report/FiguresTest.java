package org.cotangent.atomistic.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
  @TempDir private Path folder;

  @Test
  void everyCurveAndParityPlotIsDrawn() throws IOException {
    List<Path> files = Figures.write(SampleReport.complete(), folder.resolve("plots"));
    assertEquals(
        List.of(
            "loss.png",
            "force-mae.png",
            "learning-rate.png",
            "parity-energy-per-atom.png",
            "parity-force-component.png",
            "parity-virial-per-atom.png"),
        files.stream().map(file -> file.getFileName().toString()).toList());
    for (Path file : files) {
      BufferedImage image = ImageIO.read(file.toFile());
      assertEquals(1800, image.getWidth(), file.toString());
      long blue = 0;
      long orange = 0;
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          int red = image.getRGB(x, y) >> 16 & 0xff;
          int last = image.getRGB(x, y) & 0xff;
          blue += last - red > 100 ? 1 : 0;
          orange += red - last > 100 ? 1 : 0;
        }
      }
      assertTrue(blue > 2000, "the first curve, or the points, of " + file);
      assertEquals(file.endsWith("loss.png"), orange > 2000, "the second curve of " + file);
    }
  }

  @Test
  void whatHardlyChangesHasTicksToo() throws IOException {
    double[] epochs = {1, 2, 3};
    double[] losses = {0.128, 0.126, 0.125}; // between 0.12 and 0.13 no decade begins
    Section.Curves curves =
        new Section.Curves(
            "Loss", "", true, List.of(new Section.Line("Training", epochs, losses)), null);
    Path file = Figures.write(new ReportData("", "", "", List.of(curves)), folder).getFirst();
    BufferedImage image = ImageIO.read(file.toFile());
    long written = 0; // to the left of the axis, and to the right of its title
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 70; x < 150; x++) {
        written += (image.getRGB(x, y) & 0xff) < 100 ? 1 : 0;
      }
    }
    assertTrue(written > 300, written + " dark pixels where numbers should stand");
  }

  @Test
  void whatHasNoNumbersHasNoFigure() throws IOException {
    List<Path> files = Figures.write(SampleReport.diverged(), folder);
    assertEquals(List.of(folder.resolve("learning-rate.png")), files);
    assertTrue(Files.size(files.getFirst()) > 0);
  }
}
