"""One root for every error that a user may meet. Each message says what is wrong, where, and what helps."""


class PipelineError(Exception):
    """Stops the command: exit status 2."""


class UsageError(PipelineError):
    """The command was asked for something that it cannot do, such as a source that does not exist."""


class GazetteerError(PipelineError):
    """A gazetteer is broken. Names file, line and remedy."""

    def __init__(self, file: str, line: int, problem: str, remedy: str) -> None:
        super().__init__(f"{file}:{line}: {problem}. {remedy}")
        self.file, self.line = file, line


class ArticleError(Exception):
    """One article cannot be used; the batch goes on. Becomes an `Issue`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message
