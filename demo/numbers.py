"""Numbers that are shaped as the real ones and belong to nobody."""

from stdnum.jp import cn


def corporate_number(n: int) -> str:
    """法人番号 with its check digit; the block 99… is given to nobody."""
    base = f"99{n:010d}"
    return str(cn.calc_check_digit(base)) + base


def establishment_number(n: int) -> str:
    return f"1399-{n:06d}-{n % 10}"


def insured_number(n: int) -> str:
    return f"{5900 + n // 1_000_000:04d}-{n % 1_000_000:06d}-{n % 10}"
