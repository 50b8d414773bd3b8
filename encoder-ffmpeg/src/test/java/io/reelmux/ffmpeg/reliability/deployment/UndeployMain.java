package io.reelmux.ffmpeg.reliability.deployment;

import java.lang.ref.WeakReference;
import java.net.URLClassLoader;

/** Two applications of a server encode; the second is undeployed, and the first goes on. */
public final class UndeployMain {
  private UndeployMain() {}

  /** Prints whether the second is still kept, and that the first has encoded again. */
  public static void main(String[] args) throws Exception {
    try (URLClassLoader loader = RedeployMain.loader()) {
      Runnable first = RedeployMain.work(loader);
      run(first);
      WeakReference<ClassLoader> second = deployAndUndeploy();
      for (int tries = 0; tries < 40 && second.get() != null; tries++) {
        System.gc();
        Thread.sleep(50);
      }
      run(first);
      System.out.println(second.get() == null ? "collected" : "kept");
    }
  }

  private static WeakReference<ClassLoader> deployAndUndeploy() throws Exception {
    try (URLClassLoader loader = RedeployMain.loader()) {
      run(RedeployMain.work(loader));
      return new WeakReference<>(loader);
    }
  }

  private static void run(Runnable work) throws InterruptedException {
    Thread thread = new Thread(work);
    thread.start();
    thread.join();
  }
}
