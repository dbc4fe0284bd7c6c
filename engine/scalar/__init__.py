"""Operations on arrays, written in operations on their elements."""
