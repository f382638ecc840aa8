"""The grammar of POSIX shells and bash, read by hand: a script that the shell would refuse becomes an `Opaque` statement."""
