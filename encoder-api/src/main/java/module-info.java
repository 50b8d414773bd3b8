/** Video and audio encoding for the JVM: the public API and the SPI that backends implement. */
@SuppressWarnings("module") // the reader is built after this module
module io.reelmux {
  requires static transitive org.jspecify;
  requires static transitive java.desktop;

  exports io.reelmux;
  exports io.reelmux.spi;
  exports io.reelmux.internal to
      io.reelmux.reader;

  uses io.reelmux.spi.EncoderBackend;
}
