package io.reelmux.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Builds JSON. A value that is not there has no member. Times are seconds. */
final class Json {
  private static final Gson LINE = new GsonBuilder().disableHtmlEscaping().create();
  private static final Gson PAGE =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  private final JsonObject object = new JsonObject();

  /** Returns an object on one line. */
  static String line(JsonObject object) {
    return ascii(LINE.toJson(object));
  }

  /** Returns an object on several lines. */
  static String page(JsonObject object) {
    return ascii(PAGE.toJson(object));
  }

  /** JSON is UTF-8, standard output may be something else: ASCII is both. */
  private static String ascii(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < 0x7F) {
        ascii.append(unit);
      } else {
        ascii.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
      }
    }
    return ascii.toString();
  }

  /** Returns a list. */
  static <T> JsonArray array(Collection<T> values, Function<? super T, ? extends JsonElement> map) {
    JsonArray array = new JsonArray();
    values.forEach(value -> array.add(map.apply(value)));
    return array;
  }

  /** Returns a list of texts. */
  static JsonArray texts(Collection<?> values) {
    return array(values, value -> new JsonPrimitive(String.valueOf(value)));
  }

  Json put(String name, String value) {
    object.addProperty(name, value);
    return this;
  }

  Json put(String name, Number value) {
    object.addProperty(name, value);
    return this;
  }

  Json put(String name, boolean value) {
    object.addProperty(name, value);
    return this;
  }

  Json put(String name, JsonElement value) {
    object.add(name, value);
    return this;
  }

  /** Adds a time in seconds. */
  Json put(String name, Duration value) {
    return put(name, seconds(value));
  }

  /** Adds a text if it is there. */
  Json put(String name, Optional<String> value) {
    value.ifPresent(text -> put(name, text));
    return this;
  }

  /** Adds a number if it is there. */
  Json put(String name, OptionalLong value) {
    value.ifPresent(number -> put(name, number));
    return this;
  }

  /** Adds a time in seconds if it is there. */
  Json seconds(String name, Optional<Duration> value) {
    value.ifPresent(time -> put(name, time));
    return this;
  }

  /** Adds texts by name, unless there are none. */
  Json put(String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      JsonObject members = new JsonObject();
      values.forEach(members::addProperty);
      put(name, members);
    }
    return this;
  }

  JsonObject object() {
    return object;
  }

  /** Returns a time in seconds. */
  static double seconds(Duration value) {
    return value.toNanos() / 1e9;
  }
}
