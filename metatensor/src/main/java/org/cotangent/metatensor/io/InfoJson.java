package org.cotangent.metatensor.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.cotangent.metatensor.MetatensorException;

/**
 * The member {@code info.json}: one JSON object of texts, written with the names in alphabetical
 * order and two spaces of indent. A null is read as empty text: metatensor's Python package writes
 * one for it where files go through NumPy's arrays.
 */
final class InfoJson {
  static final String MEMBER = "info.json";

  private static final int MAX_BYTES = 1 << 26;
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private InfoJson() {}

  static TreeMap<String, String> read(ZipReader zip, ZipMember member) {
    if (member.size() > MAX_BYTES) {
      throw new MetatensorException(
          MEMBER + " has " + member.size() + " bytes, at most " + MAX_BYTES + " are read");
    }
    byte[] bytes = zip.content(member).toArray(JAVA_BYTE);
    TreeMap<String, String> info = new TreeMap<>();
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      try (JsonParser json = FACTORY.createParser(text)) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
          throw new MetatensorException(MEMBER + " does not hold a JSON object");
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
          String name = json.currentName();
          JsonToken value = json.nextToken();
          if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NULL) {
            throw new MetatensorException(
                MEMBER + " has a value for '" + name + "' that is no text");
          }
          info.put(name, value == JsonToken.VALUE_NULL ? "" : json.getText());
        }
        if (json.nextToken() != null) {
          throw new MetatensorException(MEMBER + " goes on after its JSON object");
        }
      }
    } catch (CharacterCodingException e) {
      throw new MetatensorException(MEMBER + " is not UTF-8", e);
    } catch (JsonProcessingException e) {
      throw new MetatensorException(MEMBER + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new MetatensorException(MEMBER + " cannot be parsed: " + e.getMessage(), e);
    }
    return info;
  }

  static ZipWriter.Content content(SequencedMap<String, String> info) {
    StringBuilder json = new StringBuilder("{");
    info.forEach(
        (name, value) -> {
          json.append(json.length() == 1 ? "\n  " : ",\n  ");
          quote(json, name);
          json.append(": ");
          quote(json, value);
        });
    json.append("\n}");
    byte[] bytes;
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
      bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
    } catch (CharacterCodingException e) {
      throw new MetatensorException(
          "the info cannot be written: it has text that is not valid Unicode", e);
    }
    return new ZipWriter.Content() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
      }
    };
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < ' ') {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
