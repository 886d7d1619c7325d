# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# Starts the JVM; sourced by bin/chancery and by ./chancery with `app` set to the application directory.
#
# A usual start runs one process besides the JVM: `stat`. Why each option stands here, what was measured, and who could
# attack what: docs/decisions/0003-start-up.md.
#
#   CHANCERY_DEBUG=1       says why there is no start-up cache
#   CHANCERY_NO_CACHE=1    neither makes nor uses one

. "$app/lib/find-jdk.sh"
. "$app/lib/jvm-options.sh"

# Absolute, because the JVM compares the class path with the one in the cache; without a process, so links stay.
case $app in
    /*) ;;
    *) app=${PWD%/}/$app ;;
esac
case $app in
    *:*)
        printf 'chancery: Java cannot be started from a directory with a colon in its name: %s\n' "$app" >&2
        printf 'hint: move or rename the directory.\n' >&2
        exit 5
        ;;
esac

# Enclave and relay run on a runtime that `chancery-link-runtime` made for them, where there is one: a JDK is not needed
# then, and nothing is in the process but what they use.
java_home='' linked=''
case ${1-}${2+ $2} in
    'enclave -h' | 'enclave --help' | 'relay -h' | 'relay --help') ;;
    enclave | enclave\ * | relay | relay\ *)
        if [ -d "$app/runtime" ]; then
            { read -r runtime_jars <"$app/runtime/app.sha256" && read -r cache_jars <"$app/lib/app.sha256"; } 2>/dev/null ||
                runtime_jars=''
            if [ -z "$runtime_jars" ] || [ "$runtime_jars" != "$cache_jars" ]; then
                printf 'chancery: the runtime %s is not whole, or was made for other jars\n' "$app/runtime" >&2
                printf 'hint: make it again with %s, or remove it.\n' "$app/bin/chancery-link-runtime" >&2
                exit 5
            fi
            java_home=$app/runtime linked=1
        fi
        ;;
esac
if [ -z "$java_home" ] && ! find_jdk java; then
    jdk_missing chancery
    exit 5
fi

# The first compiler alone starts 25 ms sooner, but hashes seven times slower in Java. So only where OpenSSL's libcrypto
# does the hashing, and only for commands that end soon and make no key: one of RSA-4096 takes three times as long.
compiler=''
case ${1-} in
    serve | witness | token | backup | restore | enclave | relay | audit | log | authority) ;;
    publish | package | bundle | worker) ;; # which compare what they write, by the JDK's own hashing
    *)
        for libcrypto in /usr/lib/x86_64-linux-gnu /usr/lib/aarch64-linux-gnu /usr/lib64 /lib64 /usr/lib /lib; do
            [ -e "$libcrypto/libcrypto.so.3" ] && compiler=-XX:TieredStopAtLevel=1 && break
        done
        ;;
esac

warn_cache() {
    printf 'chancery: the start-up cache %s is ignored: %s\n' "$1" "$2" >&2
    cache=''
}

debug_cache() {
    [ "${CHANCERY_DEBUG-}" != 1 ] || printf 'chancery: no start-up cache: %s\n' "$1" >&2
    cache=''
}

# can_others_write MODE: do the octal permissions let the group or others write?
can_others_write() {
    case $1 in
        *[2367] | *[2367]?) return 0 ;;
        *) return 1 ;;
    esac
}

# Sets `cache` to an AOT cache that the JVM may be given, or to nothing. Who can write this file runs code as the
# caller, and the JVM checks neither its owner nor whether it belongs to these jars (JDK-8377932). So:
#   - its name binds it to the hash of all jars, the JVM's build, and size and times of the jars and of the
#     JVM's modules;
#   - it is a file of the caller that nobody else can write, in a directory of which the same is true;
#   - no directory above can be changed by anyone but root and the caller, else it could be swapped after the check.
find_cache() {
    cache=''
    [ -z "${CHANCERY_NO_CACHE-}" ] || return 0
    { read -r cache_jars cache_rest <"$app/lib/app.sha256"; } 2>/dev/null || cache_jars=''
    case $cache_jars$jvm_build in
        '' | *[!A-Za-z0-9.+_-]*) debug_cache 'the jars or the JVM have no usable name' && return 0 ;;
    esac
    case ${XDG_CACHE_HOME-} in
        /*) cache_base=$XDG_CACHE_HOME ;;
        *) cache_base=${HOME-}/.cache ;;
    esac
    case $cache_base in
        *:* | [!/]* | /.cache) debug_cache "${cache_base} cannot hold one" && return 0 ;;
    esac
    if [ ! -e "$cache_base/chancery" ] && [ ! -L "$cache_base/chancery" ]; then
        (umask 077 && mkdir -p "$cache_base/chancery") 2>/dev/null || :
    fi
    cache_base=${cache_base%/}
    cache_dir=$cache_base/chancery
    [ ! -L "$cache_dir" ] || { warn_cache "$cache_dir" 'it is a symbolic link' && return 0; }
    [ -d "$cache_dir" ] || { debug_cache "$cache_dir cannot be made" && return 0; }
    [ -O "$cache_dir" ] || { warn_cache "$cache_dir" 'it belongs to another user' && return 0; }

    # The directories above, by their real names.
    cache_above=$cache_base
    while [ -n "$cache_above" ]; do
        if [ -L "$cache_above" ]; then
            cache_base=$(cd -P -- "$cache_base" && pwd -P) || cache_base=''
            cache_base=${cache_base%/}
            cache_dir=$cache_base/chancery
            break
        fi
        cache_above=${cache_above%/*}
    done
    set -- /
    cache_above=$cache_base
    while [ -n "$cache_above" ]; do
        set -- "$@" "$cache_above"
        cache_above=${cache_above%/*}
    done

    # One process tells all: first what gives the name, then the directories, then the files that might bear the name.
    cache_key=$cache_dir/$cache_jars-$jvm_build-
    cache_facts=$(stat -L -c '%a %u %s %Y %Z %n' -- "$java_home/lib/modules" "$app"/lib/*.jar \
        "$cache_dir" "$@" "$cache_key"*.aot 2>/dev/null)
    cache_print=0 cache_mode='' cache_owner='' cache_fault=''
    while read -r fact_mode fact_owner fact_size fact_changed fact_moved fact_name; do
        case $fact_name in
            "$java_home/lib/modules" | "$app"/lib/*.jar)
                # Not against an attacker, who could as well replace the jars: 42 bits against an accident are plenty,
                # and no shell's arithmetic overflows.
                for cache_number in "$fact_size" "$fact_changed" "$fact_moved"; do
                    cache_print=$(((cache_print * 1000003 + cache_number) % 4398046511093))
                done
                ;;
            "$cache_dir")
                cache_owner=$fact_owner
                can_others_write "$fact_mode" && cache_fault='others may write it'
                ;;
            "$cache_key$cache_print.aot") cache_mode=$fact_mode ;;
            "$cache_key"*) ;;
            *)
                # In a sticky directory others may write, but not touch what is not theirs.
                case $fact_mode in
                    [1357]???) ;;
                    *) can_others_write "$fact_mode" && cache_fault="others may write $fact_name above it" ;;
                esac
                [ "$fact_owner" = 0 ] || [ "$fact_owner" = "$cache_owner" ] ||
                    cache_fault="$fact_name above it belongs to another user"
                ;;
        esac
    done <<FACTS
$cache_facts
FACTS
    [ -n "$cache_owner" ] || { debug_cache 'this system has no GNU stat' && return 0; }
    [ -z "$cache_fault" ] || { warn_cache "$cache_dir" "$cache_fault" && return 0; }

    cache=$cache_key$cache_print.aot
    [ ! -L "$cache" ] || { warn_cache "$cache" 'it is a symbolic link' && return 0; }
    if [ -n "$cache_mode" ]; then
        [ -O "$cache" ] || { warn_cache "$cache" 'it belongs to another user' && return 0; }
        [ -f "$cache" ] || { warn_cache "$cache" 'it is not a file' && return 0; }
        ! can_others_write "$cache_mode" || warn_cache "$cache" 'others may write it'
    elif [ -e "$cache.failed" ]; then
        debug_cache "making it failed before; remove $cache.failed to try again"
    else
        train_cache || debug_cache 'it could not be made'
    fi
}

# Makes the cache: one run that signs and verifies in a throw-away office. The file gets its name when it is whole, so a
# kill leaves none and of two that train at once the last one wins. A run that fails by itself is not
# tried at each start.
train_cache() (
    umask 077
    new=$cache_dir/new.$$
    trap 'rm -f "$new"*' EXIT
    trap 'exit 130' HUP INT TERM
    # What killed runs, older versions and replaced jars left behind.
    rm -f "$cache_key"*
    find "$cache_dir" -type f \( -name 'new.*' -mtime +0 -o -mtime +30 \) -exec rm -f {} +
    # shellcheck disable=SC2086
    "$java_home/bin/java" $jvm_options "-XX:AOTCacheOutput=$new" -cp "$app/lib/chancery-cli.jar" \
        dev.chancery.cli.Training </dev/null >"$new.log" 2>&1 &&
        [ -s "$new" ] && chmod 600 "$new" && mv -f "$new" "$cache" && exit 0
    trained=$?
    [ "$trained" -gt 128 ] || mv -f "$new.log" "$cache.failed"
    exit 1
) 2>/dev/null

# Some have a class path of their own: what they do not need is not there, and a server's libraries nowhere else.
cache=''
case "${1-} ${2-}" in
    'enclave -h' | 'enclave --help' | 'relay -h' | 'relay --help') set -- help "$1" ;;
esac
case ${1-} in
    enclave)
        shift
        # A heap for a thousand connections, which stays small while there are few; what is hashed lies outside it.
        path=''
        for jar in chancery-enclave chancery-protocol chancery-keys chancery-policy chancery-formats chancery-libcrypto \
            chancery-json chancery-core bcprov-jdk18on bcpg-jdk18on bcutil-jdk18on AmazonCorrettoCryptoProvider; do
            for file in "$app/lib/$jar"-*.jar; do path=$path:$file; done
        done
        set -- -Xms24m -Xmx96m -Xmn12m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=25 -XX:MaxDirectMemorySize=64m \
            -cp "${path#:}" dev.chancery.enclave.process.Main "$@"
        ;;
    relay)
        shift
        for relay in "$app"/lib/chancery-relay-*.jar; do :; done
        # shellcheck disable=SC2086
        set -- $relay_options -cp "$relay" dev.chancery.relay.Relay "$@"
        # Made with the runtime, by whoever could make the runtime.
        [ -z "$linked" ] || cache=$app/runtime/relay.aot
        ;;
    serve | token | backup | restore | witness)
        set -- "-Dchancery.app=$app" -Xmx256m -XX:MaxDirectMemorySize=64m \
            -cp "$app/lib/chancery-cli.jar:$app/lib/server/*" dev.chancery.cli.Main "$@"
        ;;
    gpg)
        shift
        set -- -cp "$app/lib/chancery-cli.jar" dev.chancery.cli.gpg.Gpg "$@"
        find_cache
        ;;
    sigstore-kms)
        shift
        set -- -cp "$app/lib/chancery-cli.jar" dev.chancery.cli.kms.SigstoreKms "$@"
        find_cache
        ;;
    *)
        set -- -cp "$app/lib/chancery-cli.jar" dev.chancery.cli.Main "$@"
        find_cache
        ;;
esac
[ -z "$cache" ] || set -- "-XX:AOTCache=$cache" "$@"
[ -z "$compiler" ] || set -- "$compiler" "$@"
# shellcheck disable=SC2086
exec "$java_home/bin/java" $jvm_options "$@"
