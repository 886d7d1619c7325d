// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.Authority;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// Requirements as people write and read them.
///
/// ```
/// requirement = authority / count ":" authority *( "," authority )
/// count       = decimal digits without a leading zero, 1 to the number of authorities
/// ```
final class RequirementText {
    /// Characters: as many names of full length as a list takes, their commas and the count.
    static final int CHARACTERS_MAX = Requirement.ENTRIES_MAX * (Authority.NAME_CHARACTERS_MAX + 1) + 2;

    private RequirementText() {}

    static Requirement parse(String text) {
        if (text.length() > CHARACTERS_MAX) {
            throw MalformedException.value(
                    "requirement", text, "has " + text.length() + " characters, more than " + CHARACTERS_MAX);
        }
        try {
            int colon = text.indexOf(':');
            return colon < 0 ? single(text) : counted(text.substring(0, colon), text.substring(colon + 1));
        } catch (MalformedException e) {
            throw new MalformedException("requirement " + Quoted.text(text) + ": " + e.sentence(), e);
        }
    }

    private static Requirement single(String name) {
        if (name.indexOf(',') >= 0) {
            throw new MalformedException("several names need a count in front, such as \"2:qa,security,release\"");
        }
        return new Requirement.Signed(new Authority(name));
    }

    private static Requirement counted(String count, String names) {
        var signed = new ArrayList<Requirement>();
        int start = 0;
        for (int comma = names.indexOf(','); comma >= 0; comma = names.indexOf(',', start)) {
            signed.add(new Requirement.Signed(new Authority(names.substring(start, comma))));
            start = comma + 1;
        }
        signed.add(new Requirement.Signed(new Authority(names.substring(start))));
        return new Requirement.AtLeast(number(count), signed);
    }

    private static int number(String digits) {
        boolean wellFormed = !digits.isEmpty() && digits.length() <= 2 && digits.charAt(0) != '0';
        for (int i = 0; i < digits.length(); i++) {
            wellFormed &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        if (!wellFormed) {
            throw MalformedException.value("count", digits, "is not a number from 1 to the number of names");
        }
        return Integer.parseInt(digits);
    }

    static String words(Requirement requirement) {
        return switch (requirement) {
            case Requirement.Signed signed ->
                signed.formats().isEmpty() ? signed.authority().name() : signed.authority() + inFormats(signed);
            case Requirement.Stated stated -> stated.authority() + saying(stated);
            case Requirement.AtLeast list
            when list.of().size() == 1 -> words(list.of().get(0));
            case Requirement.AtLeast list when list.count() == list.of().size() -> joined(list.of(), " and ");
            case Requirement.AtLeast list when list.count() == 1 -> joined(list.of(), " or ");
            case Requirement.AtLeast list -> list.count() + " of (" + joined(list.of(), ", ") + ")";
        };
    }

    private static String inFormats(Requirement.Signed signed) {
        var formats = new StringJoiner(" or ", " (as ", ")");
        signed.formats().forEach(format -> formats.add(format.text()));
        return formats.toString();
    }

    private static String saying(Requirement.Stated stated) {
        var said = new StringJoiner(", ", " (stating ", ")");
        said.add(Quoted.text(stated.predicateType()));
        stated.params().forEach((name, value) -> said.add(Quoted.text(name) + " = " + Quoted.text(value)));
        return said.toString();
    }

    private static String joined(List<Requirement> of, String between) {
        var joined = new StringJoiner(between);
        of.forEach(entry -> joined.add(isSimple(entry) ? words(entry) : "(" + words(entry) + ")"));
        return joined.toString();
    }

    /// Whether its words need no parentheses inside others: a name, or the form that brings its own.
    private static boolean isSimple(Requirement entry) {
        return switch (entry) {
            case Requirement.Signed signed -> true;
            case Requirement.Stated stated -> true;
            case Requirement.AtLeast list
            when list.of().size() == 1 -> isSimple(list.of().get(0));
            case Requirement.AtLeast list ->
                list.count() > 1 && list.count() < list.of().size();
        };
    }
}
