package org.cotangent.metatensor;

/** Blocks and maps as HTML; names are identifiers, except those of gradients and of info. */
final class BlockHtml {
  private static final int ROWS = 200;

  private BlockHtml() {}

  static String block(TensorBlock block) {
    StringBuilder html = new StringBuilder();
    html.append("<div><p><b>TensorBlock</b>, shape ").append(block.shape());
    html.append(", ").append(block.dtype()).append("</p>\n<table>\n");
    row(html, "samples", block.samples());
    for (Labels component : block.components()) {
      row(html, "component", component);
    }
    row(html, "properties", block.properties());
    block
        .gradients()
        .forEach(
            (parameter, gradient) ->
                html.append("<tr><th>gradient</th><td>")
                    .append(escaped(parameter))
                    .append("</td><td>")
                    .append(gradient.shape())
                    .append("</td></tr>\n"));
    return html.append("</table></div>").toString();
  }

  private static void row(StringBuilder html, String what, Labels labels) {
    html.append("<tr><th>").append(what).append("</th><td>");
    html.append(String.join(", ", labels.names())).append("</td><td>");
    html.append(labels.size()).append("</td></tr>\n");
  }

  static String map(TensorMap map) {
    Labels keys = map.keys();
    int shown = Math.min(map.size(), ROWS);
    StringBuilder html = new StringBuilder();
    html.append("<div><p><b>TensorMap</b>, ").append(map.size());
    html.append(map.size() == 1 ? " block" : " blocks").append("</p>\n");
    html.append("<div style=\"max-height: 16em; overflow: auto\"><table>\n<thead><tr>");
    for (String name : keys.names()) {
      html.append("<th>").append(name).append("</th>");
    }
    html.append("<th>shape</th></tr></thead>\n<tbody>\n");
    for (int k = 0; k < shown; k++) {
      html.append("<tr>");
      for (int column = 0; column < keys.width(); column++) {
        html.append("<td>").append(keys.value(k, column)).append("</td>");
      }
      html.append("<td>").append(map.block(k).shape()).append("</td></tr>\n");
    }
    html.append("</tbody>\n</table></div>");
    if (shown < map.size()) {
      html.append("\n<p>").append(map.size() - shown).append(" more blocks</p>");
    }
    if (!map.info().isEmpty()) {
      html.append("\n<table>");
      map.info()
          .forEach(
              (name, text) ->
                  html.append("<tr><th>")
                      .append(escaped(name))
                      .append("</th><td>")
                      .append(escaped(text))
                      .append("</td></tr>\n"));
      html.append("</table>");
    }
    return html.append("</div>").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
