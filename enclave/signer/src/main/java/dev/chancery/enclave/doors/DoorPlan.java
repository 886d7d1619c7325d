// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Requester;
import dev.chancery.protocol.SigningRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A door as the configuration has it.
public sealed interface DoorPlan {
    Path socket();

    /// Seconds without an octet, where one is due, after which a connection is ended.
    int silenceSeconds();

    /// Seconds: what nobody notices, and what holds a connection for an hour.
    int SILENCE_SECONDS_MIN = 1;

    int SILENCE_SECONDS_MAX = 3_600;
    /// Seconds where nothing is said.
    int SILENCE_SECONDS = 30;

    /// For programs: questions in frames. The vouchers may ask for requesters whom the kernel does not know.
    record RequestDoor(Path socket, int silenceSeconds, Set<Requester> vouchers) implements DoorPlan {
        public RequestDoor {
            vouchers = Set.copyOf(vouchers);
        }
    }

    /// For streams: content in, one signature out.
    record StreamDoor(Path socket, int silenceSeconds, Signed signed, Greeting greeting) implements DoorPlan {}

    /// How streams begin: with a relay's line, or with the content. Who brings no name signs under this one.
    record Greeting(ArtifactName name, boolean relayed) {}

    /// For clients of Signstar: a request in JSON in, one OpenPGP signature in JSON out.
    record SignstarDoor(Path socket, int silenceSeconds, SigningRequest.Target target, Greeting greeting)
            implements DoorPlan {}

    /// Which signature a stream gets; without an encoding in the format's default.
    record Signed(SigningRequest.Target target, Optional<Encoding> encoding) {}

    /// Doors of one enclave.
    int DOORS_MAX = 64;

    /// Throws `MalformedException` when two are one.
    static List<DoorPlan> distinct(List<DoorPlan> plans) {
        for (int i = 0; i < plans.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (plans.get(i).socket().equals(plans.get(j).socket())) {
                    throw new MalformedException(
                            "two doors have one socket, " + plans.get(i).socket());
                }
            }
        }
        return List.copyOf(plans);
    }
}
