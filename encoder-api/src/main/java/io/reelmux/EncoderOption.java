package io.reelmux;

import java.util.List;

/**
 * An option of an encoder.
 *
 * @param name its name
 * @param help a few words; may be empty
 * @param type the kind of value: {@code int}, {@code float}, {@code string}, {@code bool}, {@code
 *     flags} and so on
 * @param min least value of a number
 * @param max greatest value of a number
 * @param constants names accepted in place of numbers
 */
public record EncoderOption(
    String name, String help, String type, double min, double max, List<String> constants) {

  /** Copies the list. */
  public EncoderOption {
    constants = List.copyOf(constants);
  }
}
