/** A program on the module path: it requires the API; the backends are found as services. */
module example {
  requires io.reelmux;
  requires io.reelmux.reader;
}
