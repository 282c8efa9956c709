"""Sentences that hold or not, made one after another, and a record of what of an SDK they call."""

import functools
import inspect

from sinch.core.exceptions import SinchException


class Checks(list):
    """What stands in the docstring of each is the sentence that holds or not."""

    def __call__(self, function):
        self.append(function)
        return function

    def run(self, scene):
        return [(function.__doc__, made(function, scene)) for function in self]


def made(function, scene):
    """Makes a check; gives what was wrong. One that fails does not keep the others from being made."""
    fault = None
    try:
        function(scene)
    except Exception as error:
        line = error.__traceback__.tb_next and error.__traceback__.tb_next.tb_lineno
        fault = f"line {line}: {type(error).__name__}: {error}"
        if isinstance(error, SinchException) and error.http_response:
            fault += f" {error.http_response.body}"
    print(("ok      " if fault is None else "FAILED  ") + function.__doc__, flush=True)
    return fault


def refused(call, status):
    """The body of a refusal; the SDK's exception has it."""
    try:
        call()
    except SinchException as error:
        assert error.is_from_server, error
        assert error.http_response.status_code == status, f"answered {error.http_response.status_code}"
        return error.http_response.body
    raise AssertionError(f"was taken, not answered {status}")


class Calls:
    """Which operations of an SDK were called, and which of them were ever carried out."""

    def __init__(self):
        self.operations = []
        self.called, self.carried_out = set(), set()

    def of(self, name, operations):
        """The same operations, whose calls are noted under `name.operation`."""
        found = [each for each, _ in inspect.getmembers(type(operations), inspect.isfunction) if each[0] != "_"]
        self.operations += [f"{name}.{each}" for each in found if f"{name}.{each}" not in self.operations]
        return Noted(self, name, operations)


class Noted:
    def __init__(self, calls, name, operations):
        self._calls, self._name, self._operations = calls, name, operations

    def __getattr__(self, operation):
        call, name = getattr(self._operations, operation), f"{self._name}.{operation}"

        @functools.wraps(call)
        def noted(*arguments, **more):
            self._calls.called.add(name)
            answer = call(*arguments, **more)
            self._calls.carried_out.add(name)
            return answer

        return noted
