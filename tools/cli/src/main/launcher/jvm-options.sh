# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# What every JVM of ours is started with; sourced by the launcher and by chancery-link-runtime.

# Whoever sets these chooses code that runs beside the signing keys. They are meant for other
# programs; none is honoured.
unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS JDK_AOT_VM_OPTIONS CLASSPATH

# In the C locale, usual in containers, the JVM can name no file whose name is not ASCII.
case ${LC_ALL:-${LC_CTYPE:-${LANG-}}} in
    '' | C | POSIX) export LC_ALL=C.UTF-8 ;;
esac

# Memory holds keys: no core file.
ulimit -c 0

# The same list for the training run and for every other: the JVM refuses a cache made with another collector or with
# another list of modules that may call native code. No word of it contains a space.
#   DisableAttachMechanism, -UsePerfData          nothing outside can load code into the JVM or read its counters
#   -CreateCoredumpOnCrash, ErrorFile             a crash leaves no memory, and so no key, on disk
#   -Xlog, DisplayVMOutputToStderr                standard output is for signatures; the JVM would warn there
jvm_options='-XX:+UseSerialGC -XX:-UsePerfData -XX:+DisableAttachMechanism -XX:-CreateCoredumpOnCrash
    -XX:ErrorFile=/dev/null -XX:+DisplayVMOutputToStderr -Xlog:disable -Xlog:all=warning:stderr
    --enable-native-access=ALL-UNNAMED'

# For the relay, which starts once for each signature and copies octets.
relay_options='-XX:TieredStopAtLevel=1 -Xmx16m'
