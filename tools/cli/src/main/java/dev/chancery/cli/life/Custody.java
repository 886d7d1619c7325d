// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.life;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.key.Key;
import dev.chancery.keys.file.FileKeys;
import dev.chancery.keys.handle.NewKey;
import dev.chancery.keys.handle.SecretBytes;
import dev.chancery.keys.share.KeyShare;
import dev.chancery.keys.share.KeySharing;
import dev.chancery.keys.share.ShareSet;
import dev.chancery.keys.share.SharedKey;
import dev.chancery.life.Fingerprint;
import dev.chancery.openpgp.KeyPacket;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The primary key of an authority in the hands of several custodians (see [dev.chancery.keys.share]). Its
/// certificate, which is in the office, decides whether shares are the right ones.
public final class Custody {
    private final LifeOffice office;
    private final KeyLife life;

    public Custody(LifeOffice office, KeyLife life) {
        this.office = office;
        this.life = life;
    }

    /// The certificate whose primary key is meant: that of a cycle, else the only one.
    public Fingerprint certificate(Optional<String> cycle) {
        if (cycle.isPresent()) {
            return life.entry(cycle).certificate();
        }
        var all = life.certificates();
        if (all.size() != 1) {
            throw new HintedException(
                    new RefusedException("no-key", "%s has %d primary keys".formatted(life.authority(), all.size())),
                    "name the cycle whose primary key is meant with --cycle");
        }
        return LifeDirectory.fingerprint(all.getFirst());
    }

    /// Shares of a primary key that is here, in the order of their numbers.
    public List<KeyShare> split(Fingerprint certificate, int required, int shares) {
        life.certificate(certificate);
        var key = life.primary(certificate);
        if (office.office().primaryProvider(key).isPresent()) {
            throw new RefusedException(
                    "share-key", "primary key %s is in a token, which gives no private key out".formatted(certificate));
        }
        var shared = new SharedKey(NewKey.of(key), key.id(), certificate.hex());
        var plan = new KeySharing.Plan(shared, office.now(), required, shares);
        try (var secret = office.office().primaryFiles().exposed(key.id())) {
            return new KeySharing(office.random()).split(plan, secret);
        }
    }

    /// Whether the shares, by the names of their files, are together the primary key of one of the authority's
    /// certificates: joins them, and forgets what comes out. Returns what they say of their set.
    public ShareSet verify(Map<String, KeyShare> shares) {
        try (var secret = join(shares)) {
            key(set(shares), secret);
        }
        return set(shares);
    }

    /// Puts the primary key back, under the passphrase that the office has now. False when it was there.
    public boolean restore(Map<String, KeyShare> shares) {
        try (var secret = join(shares)) {
            var key = key(set(shares), secret);
            var files = office.office().primaryFiles();
            var there = files.keys();
            // As when a key is made: a second passphrase in one directory would make keys that never open together.
            there.stream().findFirst().ifPresent(first -> files.open(first.id()));
            if (there.stream().anyMatch(one -> one.id().equals(key.id()))) {
                files.open(key.id());
                return false;
            }
            files.store(key, secret, office.random());
            return true;
        }
    }

    private static ShareSet set(Map<String, KeyShare> shares) {
        return shares.values().iterator().next().set();
    }

    private SecretBytes join(Map<String, KeyShare> shares) {
        var secret = KeySharing.join(shares);
        var described = set(shares).key().description();
        if (!described.authority().equals(life.authority())) {
            secret.close();
            throw new RefusedException(
                    "share-key",
                    "shares are of a key of %s, not of %s".formatted(described.authority(), life.authority()));
        }
        return secret;
    }

    /// The key that came out, compared with what the shares and the certificate say of it.
    private Key key(ShareSet set, SecretBytes secret) {
        Key key;
        try {
            key = FileKeys.key(set.key().description(), secret);
        } catch (MalformedException noKey) {
            throw another("are no key together");
        }
        if (!key.id().equals(set.key().id())) {
            throw another("are another key together than %s".formatted(set.key().id()));
        }
        if (!KeyLife.isPrimary(key)
                || !KeyPacket.of(key).fingerprintText().equals(set.key().fingerprint())) {
            throw another("are not primary key %s together".formatted(set.key().fingerprint()));
        }
        life.certificate(new Fingerprint(set.key().fingerprint()));
        return key;
    }

    private static RefusedException another(String what) {
        return new RefusedException("share-key", "the shares belong to one set and " + what);
    }
}
