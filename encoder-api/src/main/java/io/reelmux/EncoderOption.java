package io.reelmux;

import java.util.List;

/**
 * An option of an encoder. Its numbers are those that the encoder's library takes as they are: it
 * would silently replace some that FFmpeg accepts. Other settings may narrow them further.
 *
 * @param name the name
 * @param help a short description; may be empty
 * @param type the type of value: {@code int}, {@code float}, {@code string}, {@code bool}, {@code
 *     flags} and so on
 * @param min the minimum value of a number
 * @param max the maximum value of a number
 * @param constants the named constants accepted in place of numbers
 */
public record EncoderOption(
    String name, String help, String type, double min, double max, List<String> constants) {

  /** Copies the list. */
  public EncoderOption {
    constants = List.copyOf(constants);
  }
}
