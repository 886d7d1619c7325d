// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.Json;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.key.KeyProvider;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import dev.chancery.life.Ledger;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The keys of a provider without those that their authority's ledger does not name: of OpenPGP keys with
/// cycles the one remains by which the authority signs now, until the end that its certificate has.
///
/// Authorities without a ledger, and keys of other formats, are as they are.
public final class ActiveKeys implements KeyProvider {
    /// Authorities with a ledger: as many as have a rule.
    static final int LEDGERS_MAX = 1_000;

    private static final String LEDGER = "ledger.json";
    private static final FormatName OPENPGP = new FormatName("openpgp");

    private final KeyProvider keys;
    private final Map<Authority, Optional<Ledger.Signing>> signing = new HashMap<>();

    public ActiveKeys(KeyProvider keys, List<Ledger> ledgers) {
        this.keys = keys;
        ledgers.forEach(ledger -> signing.put(ledger.authority(), ledger.signing()));
    }

    /// With the ledgers of a directory, `AUTHORITY/ledger.json`, read once. None where there is no directory.
    ///
    /// Throws `MalformedException` for one that is not right: a key that is out of use must not sign for want
    /// of it.
    public static ActiveKeys of(KeyProvider keys, Path directory) {
        var ledgers = new ArrayList<Ledger>();
        if (Files.exists(directory)) {
            for (Path entry : entries(directory)) {
                ledgers.add(read(entry));
            }
        }
        return new ActiveKeys(keys, ledgers);
    }

    private static List<Path> entries(Path directory) {
        var found = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.exists(entry.resolve(LEDGER))) {
                    found.add(entry);
                }
                if (found.size() > LEDGERS_MAX) {
                    throw new MalformedException(
                            "directory %s has more than %d ledgers".formatted(directory, LEDGERS_MAX));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new UnavailableException("directory %s cannot be read".formatted(directory), e);
        }
        return found;
    }

    private static Ledger read(Path entry) {
        Path file = entry.resolve(LEDGER);
        try (var in = Files.newInputStream(file)) {
            var ledger = Ledger.parse(Bytes.of(in.readNBytes(Json.DOCUMENT_BYTES_MAX + 1)));
            if (!ledger.authority().name().equals(entry.getFileName().toString())) {
                throw new MalformedException("it is of authority " + ledger.authority());
            }
            return ledger;
        } catch (MalformedException e) {
            throw new MalformedException("ledger %s is not right: %s".formatted(file, e.sentence()), e);
        } catch (IOException e) {
            throw new UnavailableException("ledger %s cannot be read".formatted(file), e);
        }
    }

    @Override
    public List<Key> keys() {
        return keys.keys().stream().flatMap(key -> inUse(key).stream()).toList();
    }

    private Optional<Key> inUse(Key key) {
        boolean hasCycles = key.format().equals(OPENPGP)
                && key.purpose() == KeyPurpose.SIGN
                && signing.containsKey(key.authority());
        if (!hasCycles) {
            return Optional.of(key);
        }
        return signing.getOrDefault(key.authority(), Optional.empty())
                .filter(handle -> handle.key().equals(key.id()))
                .map(handle -> ending(key, handle.until()));
    }

    /// The earlier of its own end and that of its certificate.
    private static Key ending(Key key, Optional<Instant> until) {
        var end = Stream.concat(key.expires().stream(), until.stream()).min(Instant::compareTo);
        return new Key(
                key.authority(), key.format(), key.purpose(), key.created(), end, key.namespace(), key.publicKey());
    }

    /// Throws `RefusedException` (rule `key-state`) for a key that is not in use.
    @Override
    public SigningKey open(KeyId id) {
        var opened = keys.open(id);
        var key = inUse(opened.key())
                .orElseThrow(() -> new RefusedException(
                        "key-state",
                        "key %s is not the one by which %s signs"
                                .formatted(id, opened.key().authority())));
        return new InUse(key, opened);
    }

    private record InUse(Key key, SigningKey opened) implements SigningKey {
        @Override
        public SignatureValue sign(ToBeSigned toBeSigned) {
            return opened.sign(toBeSigned);
        }

        @Override
        public Optional<CertificateChain> certificates() {
            return opened.certificates();
        }
    }
}
