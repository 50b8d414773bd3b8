package io.reelmux.spark.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * Results of tasks as bytes, written by Java's serialization: the serializer that a program has
 * chosen for its own data may not know records.
 */
public final class ObjectBytes {
  private ObjectBytes() {}

  /** Returns an object's bytes. */
  public static byte[] of(Serializable object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(object, bytes);
    return bytes.toByteArray();
  }

  private static void write(Serializable object, OutputStream bytes) throws IOException {
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
  }

  /** Returns the object again. */
  public static <T> T read(byte[] bytes, Class<T> type) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return type.cast(in.readObject());
    } catch (IOException e) {
      throw new UncheckedIOException("driver and executors have different versions of Reelmux", e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("driver and executors have different versions of Reelmux", e);
    }
  }

  /**
   * Refuses an object that cannot be sent to executors.
   *
   * @throws IllegalArgumentException naming what of it cannot
   */
  public static void requireSerializable(String what, Serializable object) throws IOException {
    try {
      write(object, OutputStream.nullOutputStream());
    } catch (NotSerializableException e) {
      throw new IllegalArgumentException(
          what
              + " "
              + object.getClass().getName()
              + " refers to a "
              + e.getMessage()
              + ", which cannot be sent to executors: make it a record, a static class or a lambda"
              + " that uses no field of its surroundings",
          e);
    }
  }
}
