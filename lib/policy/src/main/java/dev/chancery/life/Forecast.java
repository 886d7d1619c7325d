// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import java.util.List;

/// What verifiers that have the new certificate think of the signatures of a key: of those that were made before
/// something happened to it, and of those made after. `chancery key rehearse` shows those of GnuPG, Sequoia, rPGP, rpm,
/// pacman and apt 2.6; those of apt 3 are known from trials with other keys.
public final class Forecast {
    /// Kinds of verifiers that agree with each other.
    public enum Verifier {
        GNUPG("gpg, gpgv"),
        SEQUOIA("sqv, sqop, rsop"),
        RPM_4_18("rpm 4.18"),
        RPM_4_20("rpm 4.20"),
        APT_2_6("apt 2.6"),
        APT_3("apt 3"),
        PACMAN("pacman"),
        PACMAN_KEY("pacman-key --verify");

        private final String label;

        Verifier(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /// What happens to a key.
    public enum Event {
        EXTENDED("is extended"),
        EXPIRED("expires"),
        RETIRED("is revoked as retired or superseded"),
        COMPROMISED("is revoked as compromised or without a reason");

        private final String words;

        Event(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /// An answer. `exits 0` is a warning: who looks at the exit status alone takes it for a yes.
    public enum Opinion {
        GOOD("good"),
        REFUSED("refused"),
        EXPIRED_EXITS_0("EXPKEYSIG, exits 0"),
        REVOKED_EXITS_0("REVKEYSIG, exits 0"),
        NOT_NOTICED("good: it does not look");

        private final String words;

        Opinion(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        public boolean isGood() {
            return this == GOOD || this == NOT_NOTICED;
        }
    }

    /// One verifier's opinion of signatures made before and after the event.
    public record Line(Verifier verifier, Opinion before, Opinion after) {}

    private Forecast() {}

    public static List<Line> of(Event event) {
        return List.of(Verifier.values()).stream()
                .map(verifier -> line(verifier, event))
                .toList();
    }

    private static Line line(Verifier verifier, Event event) {
        if (event == Event.EXTENDED) {
            return both(verifier, Opinion.GOOD);
        }
        return switch (verifier) {
            case GNUPG -> both(verifier, event == Event.EXPIRED ? Opinion.EXPIRED_EXITS_0 : Opinion.REVOKED_EXITS_0);
            // They look at the time of the signature, and disbelieve it of a key that somebody else has.
            case SEQUOIA, RPM_4_20, APT_3 ->
                new Line(verifier, event == Event.COMPROMISED ? Opinion.REFUSED : Opinion.GOOD, Opinion.REFUSED);
            case RPM_4_18 -> both(verifier, Opinion.NOT_NOTICED);
            // GnuPG's word of now, of which these make a no, whenever the signature was made.
            case APT_2_6, PACMAN -> both(verifier, Opinion.REFUSED);
            // It looks for GnuPG's word on trust, which is not there for an expired key, and is for a revoked one.
            case PACMAN_KEY -> both(verifier, event == Event.EXPIRED ? Opinion.REFUSED : Opinion.REVOKED_EXITS_0);
        };
    }

    private static Line both(Verifier verifier, Opinion opinion) {
        return new Line(verifier, opinion, opinion);
    }
}
