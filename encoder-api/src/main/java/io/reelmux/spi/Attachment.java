package io.reelmux.spi;

/** A file inside a container. Immutable. */
public final class Attachment {
  private final String name;
  private final String mimeType;
  private final byte[] data;

  /**
   * Copies the data.
   *
   * @param name the name of the file
   * @param mimeType its MIME type
   * @param data its contents
   */
  public Attachment(String name, String mimeType, byte[] data) {
    this.name = name;
    this.mimeType = mimeType;
    this.data = data.clone();
  }

  /** {@return the name of the file} */
  public String name() {
    return name;
  }

  /** {@return the MIME type} */
  public String mimeType() {
    return mimeType;
  }

  /** {@return a copy of the contents} */
  public byte[] data() {
    return data.clone();
  }
}
