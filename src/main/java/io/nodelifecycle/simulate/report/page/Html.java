package io.nodelifecycle.simulate.report.page;

import io.nodelifecycle.simulate.report.figures.Wording;
import java.util.List;

/** Markup in the making. What is added as text cannot become markup. */
final class Html {
  private final StringBuilder markup = new StringBuilder();

  /** Adds markup as it is: only what stands in the program, never what comes from a record. */
  Html raw(String fragment) {
    markup.append(fragment);
    return this;
  }

  /** Adds text. */
  Html text(String text) {
    var printable = Wording.printable(text);
    for (int i = 0; i < printable.length(); i++) {
      char c = printable.charAt(i);
      switch (c) {
        case '&' -> markup.append("&amp;");
        case '<' -> markup.append("&lt;");
        case '>' -> markup.append("&gt;");
        case '"' -> markup.append("&quot;");
        case '\'' -> markup.append("&#39;");
        default -> markup.append(c);
      }
    }
    return this;
  }

  /** Adds text in an element, given as a tag and its attributes. */
  Html element(String tag, String text) {
    int blank = tag.indexOf(' ');
    var name = blank < 0 ? tag : tag.substring(0, blank);
    return raw("<" + tag + ">").text(text).raw("</" + name + ">");
  }

  /** Adds the head of a table; a title that starts with {@code >} is one of numbers. */
  Html tableHead(List<String> titles) {
    raw("<div class=\"scroll\"><table><thead><tr>");
    for (var title : titles) {
      if (title.startsWith(">")) {
        element("th scope=\"col\" class=\"number\"", title.substring(1));
      } else {
        element("th scope=\"col\"", title);
      }
    }
    return raw("</tr></thead><tbody>");
  }

  /** Adds a row whose first cells are words and whose others are numbers. */
  Html row(List<String> cells, int words) {
    raw("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      element(i < words ? "td" : "td class=\"number\"", cells.get(i));
    }
    return raw("</tr>");
  }

  /** Ends a table. */
  Html tableEnd() {
    return raw("</tbody></table></div>");
  }

  @Override
  public String toString() {
    return markup.toString();
  }
}
