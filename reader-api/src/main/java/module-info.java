/** Reading of media files for the JVM: the public API and the SPI that backends implement. */
module io.reelmux.reader {
  requires transitive io.reelmux;
  requires static transitive org.jspecify;
  requires static transitive java.desktop;

  exports io.reelmux.cut;
  exports io.reelmux.reader;
  exports io.reelmux.reader.spi;

  uses io.reelmux.reader.spi.ReaderBackend;
}
