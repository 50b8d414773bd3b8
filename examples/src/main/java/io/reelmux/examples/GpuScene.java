package io.reelmux.examples;

import static org.bytedeco.cuda.global.cudart.cuMemsetD2D8Async;

import java.io.IOException;

/**
 * Draws moving pictures in the memory of a GPU: a sky of bands, and a ball with a tail. The GPU
 * fills rectangles; no picture is ever in the host's memory.
 */
final class GpuScene {
  private static final int BANDS = 18;
  private static final int TAIL = 6;
  private static final double TAIL_SECONDS = 0.5;

  /** Radius of the ball in heights of the picture. */
  private static final double BALL = 0.09;

  private final int width;
  private final int height;
  private final CudaStream stream;

  /**
   * A scene.
   *
   * @param stream where the drawing is queued
   */
  GpuScene(int width, int height, CudaStream stream) {
    this.width = width;
    this.height = height;
    this.stream = stream;
  }

  /** {@return bytes of a picture: a plane of R, one of G, one of B} */
  long pictureBytes() {
    return 3L * width * height;
  }

  /**
   * Starts drawing the picture of a time.
   *
   * @param picture address of {@link #pictureBytes} bytes in the GPU's memory
   */
  void draw(long picture, double seconds) throws IOException {
    for (int band = 0; band < BANDS; band++) {
      int light = 8 * band;
      Rgb sky = new Rgb(15 + light / 3, 25 + light / 4, 60 + light / 2);
      fill(picture, 0, height * band / BANDS, width, height * (band + 1) / BANDS, sky);
    }
    for (int i = TAIL; i > 0; i--) {
      double age = (double) i / TAIL;
      Rgb fading = new Rgb((int) (220 - 150 * age), (int) (140 - 100 * age), 60);
      disc(picture, seconds - age * TAIL_SECONDS, 1 - 0.7 * age, fading);
    }
    disc(picture, seconds, 1, new Rgb(255, 220, 100));
  }

  /** {@return the column where the ball's middle is} */
  int ballX(double seconds) {
    return (int) (width * (0.5 + 0.4 * Orbit.x(seconds)));
  }

  /** {@return the row where the ball's middle is} */
  int ballY(double seconds) {
    return (int) (height * (0.5 - 0.38 * Orbit.y(seconds)));
  }

  /** A disc of stripes. */
  private void disc(long picture, double seconds, double size, Rgb color) throws IOException {
    int x = ballX(seconds);
    int y = ballY(seconds);
    int radius = (int) Math.max(2, height * BALL * size);
    int stripe = Math.max(1, radius / 12);
    for (int row = -radius; row < radius; row += stripe) {
      double middle = row + stripe / 2.0;
      int half = (int) Math.sqrt(Math.max(0, radius * (double) radius - middle * middle));
      fill(picture, x - half, y + row, x + half, y + row + stripe, color);
    }
  }

  /** Fills the part of a rectangle that is inside the picture. */
  private void fill(long picture, int left, int top, int right, int bottom, Rgb color)
      throws IOException {
    int fromX = Math.max(0, left);
    int fromY = Math.max(0, top);
    int columns = Math.min(right, width) - fromX;
    int rows = Math.min(bottom, height) - fromY;
    if (columns <= 0 || rows <= 0) {
      return;
    }
    long plane = (long) width * height;
    long corner = picture + (long) fromY * width + fromX;
    fillPlane(corner, columns, rows, color.red());
    fillPlane(corner + plane, columns, rows, color.green());
    fillPlane(corner + 2 * plane, columns, rows, color.blue());
  }

  private void fillPlane(long corner, int columns, int rows, int value) throws IOException {
    CudaCall.check(
        cuMemsetD2D8Async(corner, width, (byte) value, columns, rows, stream.handle()),
        "cuMemsetD2D8Async");
  }

  /** A colour, each part from 0 to 255. */
  private record Rgb(int red, int green, int blue) {}
}
