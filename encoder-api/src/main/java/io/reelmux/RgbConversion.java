package io.reelmux;

/**
 * What converts frames of 8-bit RGB to Y'CbCr 4:2:0. Either is exact to half a step, but where a
 * value is nearly between two, they differ: the same frames give other bytes.
 */
public enum RgbConversion {
  /** The native library libzimg: fast from the first frame on. The default. */
  LIBRARY,
  /**
   * Java loops that HotSpot's C2 compiler turns into vector instructions. Once they are warm,
   * converting a frame takes about half the CPU time; until then, some tens of frames take many
   * times as much. Worthwhile from about 640x360 on, in a program that encodes more than 700
   * frames. The pixel format is nv12, which only some encoders accept, such as libx264.
   */
  JAVA
}
