// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.Requester;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystem;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;

/// Which Unix user is which requester.
///
/// Every user that the configuration and the rules name as `unix:NAME` is looked up once, at the start;
/// `NAME` may be a number where no user is called so. A peer is known by the user ID that the kernel has of
/// it since it connected (`SO_PEERCRED`, unix(7)), so a later change of names changes nothing.
public final class Peers {
    private static final String KIND = "unix:";

    /// Principals of the platform are equal when their user IDs are.
    private final Map<UserPrincipal, Requester> users;

    private Peers(Map<UserPrincipal, Requester> users) {
        this.users = Map.copyOf(users);
    }

    /// Throws `MalformedException` for a user that this machine does not have, and for two names of one user.
    public static Peers of(Collection<Requester> requesters, FileSystem files) {
        var users = new HashMap<UserPrincipal, Requester>();
        for (Requester requester : requesters) {
            if (isUser(requester)) {
                var user = user(requester.text().substring(KIND.length()), files);
                var other = users.putIfAbsent(user, requester);
                if (other != null && !other.equals(requester)) {
                    throw new MalformedException("requesters %s and %s are one user".formatted(other, requester));
                }
            }
        }
        return new Peers(users);
    }

    private static UserPrincipal user(String name, FileSystem files) {
        try {
            return files.getUserPrincipalLookupService().lookupPrincipalByName(name);
        } catch (UserPrincipalNotFoundException e) {
            throw MalformedException.value("user", name, "is not on this machine");
        } catch (IOException e) {
            throw new MalformedException(
                    "user %s cannot be looked up: %s".formatted(Quoted.text(name), e.getMessage()), e);
        }
    }

    /// Whether this is a user of the machine, whom only the kernel knows.
    static boolean isUser(Requester requester) {
        return requester.text().startsWith(KIND);
    }

    /// Whether somebody else may ask for him: not for a user, nor for the owner of a local office, who is
    /// known by having opened it.
    static boolean mayBeVouchedFor(Requester requester) {
        return !isUser(requester) && !requester.text().startsWith("local:");
    }

    /// Who is at the other end; empty for a user whom nobody named.
    Optional<Requester> of(SocketChannel channel) throws IOException {
        var credentials = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
        return Optional.ofNullable(users.get(credentials.user()));
    }
}
