package io.reelmux.ffmpeg.reliability.deployment;

import io.reelmux.ByteArrayOutput;
import io.reelmux.Encoder;
import io.reelmux.PixelLayout;
import io.reelmux.VideoFrame;
import io.reelmux.VideoOptions;
import io.reelmux.VideoStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Loads the library four times, as an application server does, and says which loaders go. */
public final class RedeployMain {
  private static final int TIMES = 4;

  private RedeployMain() {}

  /** What each deployment does on the server's thread. */
  public static final class Work implements Runnable {
    @Override
    public void run() {
      try (Encoder encoder = Encoder.create()) {
        VideoStream video = encoder.addVideo(VideoOptions.of(64, 48, 25));
        encoder.openFileLike(new ByteArrayOutput(), "mp4");
        for (int i = 0; i < 5; i++) {
          video.addFrame(VideoFrame.of(PixelLayout.GRAY8, 64, 48, new byte[64 * 48]));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Prints how many loaders were collected while the pooled thread lives on. */
  public static void main(String[] args) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      loaders.add(deploy(pool));
    }
    // the thread forgets the last task
    pool.submit(() -> {}).get();
    long collected = 0;
    for (int tries = 0; tries < 100 && collected < TIMES - 1; tries++) {
      System.gc();
      Thread.sleep(50);
      collected = loaders.stream().filter(loader -> loader.get() == null).count();
    }
    System.out.println("collected " + collected);
    pool.shutdown();
  }

  private static WeakReference<ClassLoader> deploy(ExecutorService pool) throws Exception {
    try (URLClassLoader loader = loader()) {
      pool.submit(work(loader)).get();
      return new WeakReference<>(loader);
    }
  }

  /** Returns a loader that loads the library for itself. */
  static URLClassLoader loader() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  /** Returns the work of a deployment. */
  static Runnable work(ClassLoader loader) throws ReflectiveOperationException {
    Class<?> work = loader.loadClass(Work.class.getName());
    return (Runnable) work.getDeclaredConstructor().newInstance();
  }
}
