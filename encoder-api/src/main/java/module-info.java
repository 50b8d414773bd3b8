/** Video and audio encoding for the JVM: the public API and the SPI that backends implement. */
module io.reelmux {
  requires static transitive org.jspecify;
  requires static transitive java.desktop;

  exports io.reelmux;
  exports io.reelmux.spi;

  uses io.reelmux.spi.EncoderBackend;
}
