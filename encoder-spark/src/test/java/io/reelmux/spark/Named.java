package io.reelmux.spark;

/** Clips whose elements are their names. */
final class Named implements ClipEncoder<String> {
  private static final long serialVersionUID = 1;

  @Override
  public String name(String clip) {
    return clip;
  }

  @Override
  public void encode(String clip, ClipOutput output) throws Exception {
    new NumberedClip().encode(clip.length(), output);
  }
}
