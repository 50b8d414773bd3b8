// A gradient of 50 frames: jshell --class-path CLASSPATH -R-Dout=out.mp4 gradient.jsh
import io.reelmux.*
import java.nio.file.Path

Encoder encoder = Encoder.create()
VideoStream video = encoder.addVideo(VideoOptions.of(320, 180, 25))
encoder.openFile(Path.of(System.getProperty("out", "out.mp4")))
int[] pixels = new int[320 * 180]
for (int n = 0; n < 50; n++) {
  for (int i = 0; i < pixels.length; i++) {
    pixels[i] = i % 320 * 4 / 5 << 16 | 5 * n; // redder to the right, bluer with time
  }
  video.addFrame(VideoFrame.ofArgb(320, 180, pixels));
}
System.out.println(encoder.finish().duration())
/exit
