package io.reelmux.spark;

import java.io.Serializable;

/** Clips, some of which fail after they have been encoded. */
record FailingClip(Fault fault) implements ClipEncoder<Integer> {

  /** Throws for the clips that fail. */
  interface Fault extends Serializable {
    void accept(int clip) throws Exception;
  }

  @Override
  public String name(Integer clip) {
    return new NumberedClip().name(clip);
  }

  @Override
  public void encode(Integer clip, ClipOutput output) throws Exception {
    new NumberedClip().encode(clip, output);
    fault.accept(clip);
  }
}
