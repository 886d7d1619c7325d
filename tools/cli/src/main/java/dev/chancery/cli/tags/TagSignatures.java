// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.tags;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.signing.Arrival;
import dev.chancery.cli.signing.OfficeKeys;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.Signature;
import dev.chancery.enclave.Engine;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Key;
import dev.chancery.protocol.SigningRequest;
import dev.chancery.tag.TagName;
import dev.chancery.tag.TagPayload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Has one payload signed by several authorities, each signature checked when it arrives.
final class TagSignatures {
    static final FormatName FORMAT = new FormatName("tag");

    private final Terminal terminal;
    private final Office office;
    private final Engine engine;
    private final List<Authority> authorities;

    TagSignatures(Terminal terminal, List<Authority> authorities) {
        this.terminal = terminal;
        this.office = Office.of(terminal, authorities.size());
        this.engine = office.engine();
        this.authorities = authorities;
    }

    /// A signature, and the key that made it.
    record Signed(Key key, Signature signature) {}

    /// One for each authority, in their order. None is given out where one is refused.
    Map<Authority, Signed> over(TagName name, TagPayload payload) {
        var format = office.formats().get(FORMAT);
        var encoding = format.description().defaultEncoding();
        var keys = new LinkedHashMap<SigningRequest.Target, Key>();
        for (Authority authority : authorities) {
            var target = new SigningRequest.Target(authority, FORMAT, Optional.empty());
            keys.put(target, engine.choose(target));
        }
        var arrival = new Arrival(office.formats(), new OfficeKeys(office), List.copyOf(keys.values()));
        var signed = new LinkedHashMap<Authority, Signed>();
        keys.forEach((target, key) -> {
            var measures = format.signing().measures(key.publicKey().scheme(), encoding, Salt.NONE);
            Measured content =
                    Content.memory(name.artifact(), payload.bytes()).measure(terminal, office.hashes(), measures);
            var request = new SigningRequest(target, encoding, name.artifact(), content);
            var signature = engine.sign(office.requester(), request);
            arrival.check(key, signature, content);
            signed.put(target.authority(), new Signed(key, signature));
        });
        return signed;
    }
}
