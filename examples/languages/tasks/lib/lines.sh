# What tidy.sh reads in: a change here makes it stale.
without_comments() {
  grep -v -e '^ *#' -e '^ *$' "$1"
}
