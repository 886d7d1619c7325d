// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.reference;

/// The man page of the other program, `chancery-gpg`.
public final class GpgPage {
    public static final String FILE = "chancery-gpg.1";

    private GpgPage() {}

    public static String of(ManPages.Edition edition) {
        var roff = new Roff();
        roff.title("CHANCERY-GPG", edition.date(), edition.source());
        roff.unjustified();
        roff.macro("SH", "NAME");
        roff.text("chancery-gpg - sign and verify with the office where a tool wants to start gpg");
        roff.macro("SH", "SYNOPSIS");
        roff.bold("chancery-gpg");
        roff.text(GpgHelp.SYNOPSIS);
        roff.macro("SH", "DESCRIPTION");
        roff.text(GpgHelp.SENTENCE);
        roff.paragraphUnless(false);
        roff.text(GpgHelp.MORE);
        roff.macro("SH", "OPTIONS");
        GpgHelp.OPTIONS.forEach(option -> roff.term(option.names().strip(), option.meaning()));
        roff.macro("SH", "ENVIRONMENT");
        GpgHelp.ENVIRONMENT.forEach(variable -> roff.term(variable.names(), variable.meaning()));
        roff.macro("SH", "EXIT STATUS");
        roff.term("0", "Done, every signature counts.");
        roff.term("1", "A bad signature.");
        roff.term("2", "Anything else, also a signature by nobody of the keyring.");
        roff.macro("SH", "EXAMPLES");
        roff.verbatim(
                "git config gpg.program /opt/chancery/bin/chancery-gpg",
                "mvn deploy -Dgpg.executable=/opt/chancery/bin/chancery-gpg -Dgpg.keyname=release",
                "rpmsign -D '__gpg /opt/chancery/bin/chancery-gpg' -D '_gpg_name release' --addsign thing.rpm");
        roff.macro("SH", "SEE ALSO");
        roff.text("chancery(1), chancery-sign(1), chancery-verify(1), gpg(1)");
        return roff.toString();
    }
}
