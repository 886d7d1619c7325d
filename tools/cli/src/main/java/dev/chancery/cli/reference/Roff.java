// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.reference;

import java.util.regex.Pattern;

/// Writes a man page: text is text, and only this class knows what roff would take for more (groff_char(7),
/// man(7)).
final class Roff {
    private static final Pattern CONTROL = Pattern.compile("(?m)^(?=[.'])");

    private final StringBuilder page = new StringBuilder();

    /// A request line: `.SH "NAME"`. No argument may hold a double quote.
    void macro(String name, String... arguments) {
        page.append('.').append(name);
        for (String argument : arguments) {
            page.append(" \"").append(escaped(argument)).append('"');
        }
        page.append('\n');
    }

    /// The title line of section 1. Its date, digits and hyphens, is read by programs and so stands as it is.
    void title(String name, String date, String source) {
        page.append(".TH \"").append(escaped(name)).append("\" \"1\" \"").append(date);
        page.append("\" \"").append(escaped(source)).append("\" \"Chancery\"\n");
    }

    /// Ragged, and without hyphens that nobody could tell from those of an option.
    void unjustified() {
        page.append(".nh\n.ad l\n");
    }

    void text(String text) {
        page.append(CONTROL.matcher(escaped(text)).replaceAll("\\\\&")).append('\n');
    }

    /// `.PP` where a paragraph has to begin; a section begins one by itself.
    void paragraphUnless(boolean begun) {
        if (!begun && page.lastIndexOf(".SH") != lastLine()) {
            page.append(".PP\n");
        }
    }

    private int lastLine() {
        return page.lastIndexOf("\n", page.length() - 2) + 1;
    }

    void bold(String text) {
        macro("B", text);
    }

    /// A term and what it means.
    void term(String term, String meaning) {
        page.append(".TP\n");
        bold(term);
        text(meaning);
    }

    /// Lines as they are.
    void verbatim(String... lines) {
        page.append(".nf\n");
        boolean written = false;
        for (String line : lines) {
            boolean empty = line.isEmpty();
            if (empty && written) {
                page.append(".sp\n");
            } else if (!empty) {
                text(line.replace("%%", "%"));
                written = true;
            }
        }
        page.append(".fi\n");
    }

    @Override
    public String toString() {
        return page.toString();
    }

    /// `\e` would do in this escape character's absence; a hyphen that is typed on a command line is a minus
    /// sign.
    private static String escaped(String text) {
        return text.replace("\\", "\\(rs")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("`", "\\(ga");
    }
}
