// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.arrow;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.regex.Pattern;

/// Predicates over what code calls and knows, by name, for the nevers.
final class Access {

    /// The time of day or of the machine, read and not given. `now(clock)` is given, `now()` and `now(zone)`
    /// are not.
    private static final Pattern CLOCK = Pattern.compile("java\\.lang\\.System\\.(currentTimeMillis|nanoTime)\\(.*"
            + "|java\\.time\\.Clock\\.(system|tick)[A-Za-z]*\\(.*"
            + "|java\\.time\\.InstantSource\\.system\\(.*"
            + "|java\\.time\\.([a-z]+\\.)?[A-Z][A-Za-z]*\\.now\\((java\\.time\\.ZoneId)?\\)"
            + "|java\\.util\\.Date\\.<init>\\(\\)"
            + "|java\\.util\\.(Gregorian)?Calendar\\.(getInstance\\(.*|<init>\\(\\))");

    private static final Pattern RANDOM = Pattern.compile("java\\.lang\\.(Strict)?Math\\.random\\(.*"
            + "|java\\.util\\.random\\.RandomGenerator\\.(of|getDefault)\\(.*"
            + "|java\\.util\\.Collections\\.shuffle\\(java\\.util\\.List\\)");

    private static final Pattern URL = Pattern.compile(
            "java\\.net\\.URL\\.(openConnection|openStream|getContent)\\(.*|java\\.net\\.InetAddress\\.getBy.*");

    private static final Pattern EXEC = Pattern.compile("java\\.lang\\.Runtime\\.exec\\(.*");

    private Access() {}

    static DescribedPredicate<JavaAccess<?>> readsClock() {
        return member("it reads the clock", CLOCK);
    }

    static DescribedPredicate<JavaAccess<?>> rollsDice() {
        return member("it draws guessable random numbers", RANDOM);
    }

    static DescribedPredicate<JavaAccess<?>> opensUrl() {
        return member("it opens a URL", URL);
    }

    static DescribedPredicate<JavaAccess<?>> runsProgram() {
        return member("it runs another program", EXEC);
    }

    static DescribedPredicate<JavaAccess<?>> constructs(String type) {
        return member("it constructs " + type, Pattern.compile(Pattern.quote(type + ".<init>(") + ".*"));
    }

    /// A class by its full name, of which a regular expression describes all of it.
    static DescribedPredicate<JavaClass> named(String description, String expression) {
        var pattern = Pattern.compile(expression);
        return DescribedPredicate.describe(
                description, type -> pattern.matcher(type.getFullName()).matches());
    }

    private static DescribedPredicate<JavaAccess<?>> member(String description, Pattern pattern) {
        return DescribedPredicate.describe(
                description,
                access -> pattern.matcher(access.getTarget().getFullName()).matches());
    }
}
